// Opens a record that is on the phone. With a signal the server draws its form; without one the kept form is filled in.
{
  const { phone } = self;
  const PATIENCE = 5000; // milliseconds
  const LOGIN = "/login/?next=/meetings/phone/";

  function post(address, fields) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    form.hidden = true;
    for (const [name, value] of fields) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }

  const withOthers = (fields, changed) => [...fields.filter(([name]) => !(name in changed)), ...Object.entries(changed)];

  async function drawn(address, fields, step) {
    const now = await phone.session(PATIENCE);
    if (!now.person) location.assign(LOGIN);
    else post(address, withOthers(fields, { csrfmiddlewaretoken: now.token, step }));
  }

  // What was refused is sent again: the server shows what is lacking at its field, or both versions.
  const STEPS = { incomplete: "submit", conflict: "draft" };

  async function openRecord(record) {
    const filled = `/meetings/new/?branch=${record.branch}#copy=${record.key}`;
    const step = STEPS[record.state] || "look";
    try {
      if (step === "submit") await phone.put("records", { ...record, sent: true });
      await drawn(record.action, record.fields, step);
    } catch {
      location.assign(filled);
    }
  }

  // One's own words are put into the other record, whose minutes stay above or below them; from now on it is one record.
  async function joinWith(record, twin) {
    const fields = withOthers(record.fields, { client_key: twin.client_key, version: String(twin.version) });
    await phone.session(PATIENCE); // without a signal it stays as it is
    await phone.put("records", { ...record, key: twin.client_key, fields, action: twin.edit, page: twin.edit, state: "draft", twins: undefined });
    for (const photo of await phone.photosOf(record.key)) await phone.put("photos", { ...photo, record: twin.client_key });
    await phone.drop("records", record.key);
    await drawn(twin.edit, fields, "merge");
  }

  Object.assign(phone, { openRecord, joinWith });
}
