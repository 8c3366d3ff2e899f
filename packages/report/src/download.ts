/**
 * The one script of a report: puts links to the SVG and the PNG of every figure under it. Without scripts the page lacks
 * these links and nothing else. It reads colours from the page's style, so that a file looks as the page does.
 */
export const downloadScript = `
const properties = getComputedStyle(document.documentElement);
const resolved = (text) => text.replace(/var\\((--[a-z]+)\\)/g, (_, name) => properties.getPropertyValue(name).trim());
const wide = 1400;
function fileOf(svg) {
  const [, , w, h] = svg.getAttribute('viewBox').split(' ').map(Number);
  const copy = svg.cloneNode(true);
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', width: w, height: h, 'font-family': 'Helvetica, Arial, sans-serif', style: 'background:' + properties.getPropertyValue('--page').trim() };
  for (const [name, value] of Object.entries(attributes)) copy.setAttribute(name, value);
  const words = svg.closest('[role="img"]')?.getAttribute('aria-label');
  if (words) copy.setAttribute('aria-label', words);
  copy.setAttribute('role', 'img');
  copy.removeAttribute('aria-hidden');
  return { text: resolved(new XMLSerializer().serializeToString(copy)), width: wide, height: Math.round((wide * h) / w) };
}
function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
function png(file, name) {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = file.width;
    canvas.height = file.height;
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, name));
  };
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(file.text);
}
for (const place of document.querySelectorAll('[data-figure]')) {
  const name = place.dataset.figure;
  const line = document.createElement('p');
  line.className = 'downloads';
  const kinds = {
    SVG: (svg) => save(new Blob([fileOf(svg).text], { type: 'image/svg+xml' }), name + '.svg'),
    PNG: (svg) => png(fileOf(svg), name + '.png'),
  };
  for (const [kind, act] of Object.entries(kinds)) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = kind;
    button.setAttribute('aria-label', 'Save this figure as ' + kind);
    button.onclick = () => act(place.querySelector('.wide svg'));
    line.append(button, ' ');
  }
  place.append(line);
}
`;

/** SHA-256 of the script, in base 64: the page's policy allows this script and no other. */
export const downloadScriptHash = 'pX1IHdRWA+lt0QYWXJ5Lt70IKrfPoFsnXYJmui5AeOM=';
