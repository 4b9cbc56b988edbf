// Photos are made small on the phone (1600 px, about 300 KB, without where they were taken), wait there, and follow
// their record. Without this script the form sends the files as they are, and the server does the same to them.
const { phone } = self;
const LONGEST = 1600; // pixels
const HEAVIEST = 300 * 1024; // bytes
const QUALITIES = [0.82, 0.7, 0.55];
const SMALLER = 0.8;
const inputs = document.querySelectorAll('input[type="file"][data-photos], input[type="file"][name="signature_page"]');

const key = (form) => form.elements.client_key.value;
const jpeg = (canvas, quality) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));

function canvasOf(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// The first version that is light enough; a new picture is drawn, so that nothing of the file but what one sees goes along.
async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  for (let scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height)); ; scale *= SMALLER) {
    const canvas = canvasOf(picture, scale);
    for (const quality of QUALITIES) {
      const blob = await jpeg(canvas, quality);
      if (blob.size <= HEAVIEST) return blob;
    }
  }
}

// What the browser cannot read, such as a PDF, goes as it is.
const made = (file) => (file.type.startsWith("image/") ? shrunk(file).catch(() => file) : Promise.resolve(file));

async function keep(input, file) {
  const { form } = input;
  const blob = await made(file);
  const branch = form.elements.branch.value;
  await phone.put("photos", {
    key: phone.uuid(), record: key(form), person: document.documentElement.dataset.person, branch, field: input.name,
    blob, name: blob === file ? file.name : "photo.jpg", at: Date.now(),
  });
}

const room = (input, kept) => (Number(input.dataset.most) || Infinity) - kept - input.form.querySelectorAll(".photos:not([data-mine]) img").length;

async function chosen(input) {
  const files = [...input.files];
  const kept = (await phone.photosOf(key(input.form))).filter((photo) => photo.field === input.name).length;
  const fitting = files.slice(0, Math.max(0, room(input, kept)));
  input.value = "";
  for (const file of fitting) await keep(input, file);
  input.dataset.over = files.length > fitting.length ? `最多 ${input.dataset.most} 张，多出来的没有加。` : "";
  phone.tell();
  phone.keepSending();
}

// ---- what waits, beside its input ----

function tile(photo) {
  const item = document.createElement("li");
  const words = document.createElement("small");
  const drop = document.createElement("button");
  words.textContent = photo.refused || "在手机上，随记录送出";
  words.className = photo.refused ? "red" : "grey";
  drop.type = "button";
  drop.className = "link";
  drop.textContent = "去掉";
  drop.addEventListener("click", async () => {
    await phone.drop("photos", photo.key);
    phone.tell();
  });
  if (photo.blob.type.startsWith("image/")) item.append(preview(photo.blob));
  item.append(words, document.createTextNode(" "), drop);
  return item;
}

function preview(blob) {
  const image = new Image(240, 180);
  image.alt = "还没有送出的照片";
  image.src = URL.createObjectURL(blob);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  return image;
}

function placeOf(input) {
  const found = input.parentElement.querySelector("[data-waiting]");
  if (found) return found;
  const made = document.createElement("div");
  made.dataset.waiting = "";
  input.after(made);
  return made;
}

async function show(input) {
  const photos = (await phone.photosOf(key(input.form))).filter((photo) => photo.field === input.name);
  const list = document.createElement("ul");
  const over = document.createElement("p");
  list.className = "photos";
  list.dataset.mine = "";
  over.className = "help";
  over.textContent = input.dataset.over || "";
  list.append(...photos.map(tile));
  placeOf(input).replaceChildren(...(photos.length ? [list] : []), ...(over.textContent ? [over] : []));
}

const showAll = () => inputs.forEach(show);

for (const input of inputs) input.addEventListener("change", () => input.files.length && chosen(input));
document.addEventListener("phone:changed", showAll);
document.addEventListener("phone:filled", showAll);
showAll();
