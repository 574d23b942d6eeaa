/** Creates a deck with images of usual sizes: photographs from a camera, screenshots from a wide screen. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

const PICTURES = 24;

/** @returns the deck's file; drawing it takes some seconds, once. */
export async function drawPictureDeck(folder: string): Promise<string> {
  const deck = join(folder, 'pictures.md');
  if (existsSync(deck)) return deck;
  await mkdir(join(folder, 'img'), { recursive: true });
  const slides: string[] = [];
  for (let i = 0; i < PICTURES; i++) {
    const isPhotograph = i % 2 === 0;
    const name = `img/${String(i).padStart(2, '0')}.${isPhotograph ? 'jpg' : 'png'}`;
    await (isPhotograph ? photograph(i) : screenshot(i)).toFile(join(folder, name));
    slides.push(
      `## Picture ${i + 1}\n\n![](${name})`,
      `## Words ${i + 1}\n\n* a line\n* another one\n\n\`\`\`bash\ndocker ps\n\`\`\``,
    );
  }
  await writeFile(
    deck,
    `---\ntitle: Pictures\ntheme: white\nhighlightTheme: github\n---\n${slides.join('\n\n---\n\n')}\n`,
  );
  return deck;
}

/** Noise over soft colors, for which JPEG works best. */
function photograph(seed: number): Sharp {
  const [width, height] = [4000, 3000];
  const gradient = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
<linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${seed * 15},60%,35%)"/><stop offset="1" stop-color="hsl(${seed * 15 + 90},55%,70%)"/></linearGradient>
<filter id="n"><feTurbulence type="fractalNoise" baseFrequency="0.012" numOctaves="5" seed="${seed}"/></filter></defs>
<rect width="100%" height="100%" fill="url(#g)"/><rect width="100%" height="100%" filter="url(#n)" opacity="0.45"/></svg>`;
  return sharp(Buffer.from(gradient)).flatten({ background: '#fff' }).jpeg({ quality: 92 });
}

/** Flat areas, lines and letters. */
function screenshot(seed: number): Sharp {
  const [width, height] = [3840, 2160];
  const rows = Array.from({ length: 40 }, (_, i) => {
    const length = 400 + ((i * 7919 + seed * 104729) % 2600);
    return `<rect x="300" y="${120 + i * 48}" width="${length}" height="22" fill="hsl(${(i * 37 + seed * 50) % 360},45%,45%)"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" fill="#fff"/><rect width="240" height="100%" fill="#e8ecf0"/>${rows.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png();
}
