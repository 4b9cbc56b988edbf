// The sign-in page says that something waits on this phone, not what and not whose.
const { phone } = self;
const note = document.querySelector("[data-phone-waits]");

async function say() {
  const waiting = (await phone.all("records")).filter((record) => record.state !== "received");
  if (waiting.length) note.hidden = false;
}

say().catch(() => undefined); // a browser without its own database has kept nothing
