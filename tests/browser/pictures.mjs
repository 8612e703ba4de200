// Photos as a phone makes them, and what is left of them.

/** A photo that lies on its side: red where, standing upright, its upper right corner is; and it tells where it was taken. */
export async function photo(page, width = 2400, height = 1600) {
  const drawn = await page.evaluate(async ([w, h]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: w, height: h });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#e8c99b";
    pen.fillRect(0, 0, w, h);
    pen.fillStyle = "#cc0000";
    pen.fillRect(0, 0, w / 4, h / 4);
    const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.9); });
    let text = "";
    for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
    return btoa(text);
  }, [width, height]);
  const jpeg = Buffer.from(drawn, "base64");
  return Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)]);
}

/** An EXIF block: to be turned a quarter to the right, and 55° 15′ 9″ N, 9° 29′ 20″ E. */
function exif() {
  const tiff = Buffer.alloc(140);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  let at = 8;
  const entry = (tag, type, count, put) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    put(at + 8);
    at += 12;
  };
  const number = (value) => (to) => tiff.writeUInt32LE(value, to);
  const letters = (value) => (to) => tiff.write(value, to, "latin1");
  tiff.writeUInt16LE(2, at);
  at += 2;
  entry(0x0112, 3, 1, number(6));
  entry(0x8825, 4, 1, number(38));
  at += 4;
  tiff.writeUInt16LE(4, at);
  at += 2;
  entry(1, 2, 2, letters("N\0"));
  entry(2, 5, 3, number(92));
  entry(3, 2, 2, letters("E\0"));
  entry(4, 5, 3, number(116));
  at += 4;
  for (const part of [55, 15, 9, 9, 29, 20]) {
    tiff.writeUInt32LE(part, at);
    tiff.writeUInt32LE(1, at + 4);
    at += 8;
  }
  const head = Buffer.from("\xff\xe1\0\0Exif\0\0", "latin1");
  head.writeUInt16BE(2 + 6 + tiff.length, 2);
  return Buffer.concat([head, tiff]);
}

/** The names of the segments of a JPEG before its pixels, those that tell something marked by their first letters. */
export function segments(jpeg) {
  const found = [];
  for (let at = 2; at < jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda;) {
    const [marker, size] = [jpeg[at + 1], jpeg.readUInt16BE(at + 2)];
    if ((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe) found.push(jpeg.toString("latin1", at + 4, at + 8));
    at += 2 + size;
  }
  return found;
}

/** The colours of a picture's four corners, clockwise from the upper left, as "red" or "sand", with its size. */
export const corners = (page, address) => page.evaluate(async (src) => {
  const image = await createImageBitmap(await (await fetch(src)).blob(), { imageOrientation: "none" });
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  const at = (x, y) => (pen.getImageData(x, y, 1, 1).data[1] < 80 ? "red" : "sand");
  const [right, low] = [image.width - 9, image.height - 9];
  return { width: image.width, height: image.height, corners: [at(8, 8), at(right, 8), at(right, low), at(8, low)] };
}, address);
