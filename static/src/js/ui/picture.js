// Pictures that are about to be uploaded: data-shows names the img that shows
// the chosen file.
const show = (e) => {
  const img = document.getElementById(e.target.dataset?.shows);
  const file = e.target.files?.[0];
  if (!img || !file?.type.startsWith("image/")) return;
  const reader = new FileReader();
  reader.onload = () => {
    img.src = reader.result;
    img.hidden = false;
  };
  reader.readAsDataURL(file);
};

export const pictures = () => document.addEventListener("change", show);
