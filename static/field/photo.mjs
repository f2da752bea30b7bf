// A photo is drawn anew on the phone: smaller, upright, and without what the camera wrote beside the picture.

/** @param {Blob} file @param {{ side_px: number, quality: number }} rules @returns {Promise<Blob>} */
export async function redraw(file, rules) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, rules.side_px / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/jpeg", rules.quality),
  );
}
