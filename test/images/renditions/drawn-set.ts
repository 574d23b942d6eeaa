import sharp, { type Sharp } from 'sharp';
import { photograph, screenshot } from '../pictures.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** A number from 0 to 1 for each whole point, the same in every run. */
function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 1442695041);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Soft hills: {@link hash} with smooth ways between its points. */
function smooth(x: number, y: number, seed: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const ease = (t: number): number => t * t * (3 - 2 * t);
  const [u, v] = [ease(x - left), ease(y - top)];
  const row = (at: number): number => hash(left, at, seed) * (1 - u) + hash(left + 1, at, seed) * u;
  return row(top) * (1 - v) + row(top + 1) * v;
}

/** Hills upon hills, from 0 to 1: bark, clouds, rock. `size` is that of the largest, in px. */
function fractal(x: number, y: number, size: number, seed: number): number {
  let [sum, weight, total] = [0, 1, 0];
  for (let px = size; px >= 2; px /= 2) {
    sum += weight * smooth(x / px, y / px, seed + px);
    total += weight;
    weight *= 0.6;
  }
  return sum / total;
}

/** A picture, point by point; `grain` is the sensor's, in levels up and down. */
function camera(
  paint: (x: number, y: number) => Rgb,
  { width = 480, height = 320, grain = 5 }: { width?: number; height?: number; grain?: number } = {},
): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (const [channel, value] of paint(x, y).entries()) {
        const noise = (hash(x, y, channel) + hash(y, x, channel + 9) - 1) * grain;
        data[(y * width + x) * 3 + channel] = Math.round(Math.min(255, Math.max(0, value + noise)));
      }
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** A sky, mountains before it, a meadow before them. */
const landscape = (): Sharp =>
  camera((x, y) => {
    const ridge = 110 + 60 * fractal(x, 0, 160, 1);
    if (y < ridge) return mix([90, 140, 210], [200, 220, 240], y / ridge);
    if (y < 220) return mix([60, 65, 80], [150, 150, 155], fractal(x, y, 48, 2));
    return mix([30, 70, 20], [140, 170, 70], fractal(x, y, 16, 3));
  });

const portrait = (): Sharp =>
  camera(
    (x, y) => {
      const face = Math.hypot((x - 240) / 90, (y - 160) / 120);
      if (face < 1) return mix([225, 180, 150], [150, 100, 80], face * 0.8 + 0.2 * fractal(x, y, 12, 4));
      return mix([60, 80, 60], [130, 150, 120], fractal(x, y, 200, 5));
    },
    { grain: 4 },
  );

/** Windows and street lamps, and little else. */
const night = (): Sharp =>
  camera(
    (x, y) => {
      const lit = hash(x >> 4, y >> 4, 6) > 0.93 && y > 90;
      const glow = 40 * fractal(x, y, 90, 7);
      return lit ? [230, 200, 120] : [8 + glow * 0.5, 8 + glow * 0.5, 16 + glow * 0.8];
    },
    { grain: 7 },
  );

const outOfFocus = (): Sharp =>
  camera((x, y) => mix([40, 60, 90], [230, 190, 150], fractal(x, y, 60, 8))).blur(8);

const brickWall = (): Sharp =>
  camera((x, y) => {
    const row = Math.floor(y / 20);
    const mortar = y % 20 < 3 || (x + (row % 2) * 25) % 50 < 3;
    const grey = 170 + 30 * fractal(x, y, 8, 9);
    if (mortar) return [grey, grey, grey];
    return mix(
      [120, 50, 40],
      [190, 100, 80],
      fractal(x, y, 24, 10) * 0.6 + hash((x + (row % 2) * 25) / 50, row, 3) * 0.4,
    );
  });

const snow = (): Sharp =>
  camera((x, y) => mix([225, 230, 240], [254, 254, 255], fractal(x, y, 120, 11)), { grain: 4 });

const foliage = (): Sharp =>
  camera((x, y) => mix([15, 40, 10], [170, 210, 90], fractal(x, y, 10, 12) ** 1.5), { grain: 8 });

/** In black and white, as on film. */
const oldPrint = (): Sharp =>
  camera((x, y) => {
    const edge = 1 - 0.5 * Math.hypot((x - 240) / 240, (y - 160) / 160) ** 2;
    const grey = (60 + 150 * fractal(x, y, 70, 13)) * edge;
    return [grey, grey * 0.9, grey * 0.7];
  });

const svg = (content: string, width = 640, height = 420): Sharp =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${content}</svg>`,
    ),
  );

const overlay = async (below: Sharp, content: string): Promise<Sharp> => {
  const { width = 0, height = 0 } = await below.clone().png().metadata();
  const above = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;
  const whole = below.composite([{ input: Buffer.from(above) }]);
  return sharp(await whole.png().toBuffer());
};

const captioned = (): Promise<Sharp> =>
  overlay(
    landscape(),
    '<text x="240" y="80" font-size="54" font-weight="bold" text-anchor="middle" fill="#fff" stroke="#000">WHEN IT</text>' +
      '<text x="240" y="300" font-size="54" font-weight="bold" text-anchor="middle" fill="#fff" stroke="#000">WORKS</text>',
  );

/** Of which nothing must be lost to chroma that has half the pixels. */
export const withRedLetters = (): Promise<Sharp> =>
  overlay(
    landscape(),
    '<text x="20" y="290" font-size="24" fill="#d00">red letters, as a teacher writes them</text>',
  );

/** What a scanner makes of a printed page: paper is not flat, and ink is not black. */
const scannedPage = async (): Promise<Sharp> => {
  const page = await textPage().greyscale().blur(0.6).raw().toBuffer({ resolveWithObject: true });
  return camera(
    (x, y) => {
      const ink = page.data[(y * page.info.width + x) * page.info.channels] ?? 0;
      const paper = 225 + 20 * fractal(x, y, 40, 14);
      const grey = 40 + (ink / 255) * (paper - 40);
      return [grey, grey, grey * 0.96];
    },
    { width: page.info.width, height: page.info.height, grain: 9 },
  );
};

const inFrame = (): Sharp =>
  landscape().extend({ top: 40, bottom: 40, left: 60, right: 60, background: '#fff' });

/** As a web page shows it, which is no photograph any more: the largest part is paper and letters. */
const pageWithPhotograph = async (share: number): Promise<Sharp> => {
  const width = Math.round(640 * Math.sqrt(share));
  const height = Math.round(420 * Math.sqrt(share));
  const photo = await landscape().resize(width, height, { fit: 'fill' }).png().toBuffer();
  const page = textPage().composite([{ input: photo, left: 640 - width, top: 420 - height }]);
  return sharp(await page.png().toBuffer());
};

/** Photographs, and what is best kept like one. */
export const PHOTOGRAPHS: readonly (readonly [name: string, make: () => Sharp | Promise<Sharp>])[] = [
  ['a landscape', landscape],
  ['a portrait', portrait],
  ['a town at night', night],
  ['one that is out of focus', outOfFocus],
  ['a brick wall', brickWall],
  ['snow', snow],
  ['foliage', foliage],
  ['an old print', oldPrint],
  ['one with a caption', captioned],
  ['one in a white frame', inFrame],
  ['one that was sharpened', () => landscape().sharpen({ sigma: 1.5 })],
  ['one that was enlarged', () => landscape().resize(960)],
  ['one with grain', () => photograph()],
  ['a scanned page', scannedPage],
  ['a page that is mostly one', () => pageWithPhotograph(0.7)],
];

const axes = '<path d="M60 20V380H620" fill="none" stroke="#333" stroke-width="2"/>';
const words = (count: number, size: number, fill = '#222'): string =>
  Array.from(
    { length: count },
    (_, i) =>
      `<text x="30" y="${size * 1.5 * (i + 1)}" font-family="sans-serif" font-size="${size}" fill="${fill}">the ${i}th line of words that nobody will ever read to the end</text>`,
  ).join('');

const textPage = (): Sharp => svg(words(22, 12));

const barChart = (): Sharp =>
  svg(
    axes +
      Array.from({ length: 9 }, (_, i) => {
        const height = 60 + ((i * 97) % 260);
        return `<rect x="${80 + i * 58}" y="${380 - height}" width="40" height="${height}" fill="hsl(${i * 40},60%,55%)"/><text x="${84 + i * 58}" y="${372 - height}" font-size="13">${height}</text>`;
      }).join(''),
  );

const lineChart = (): Sharp =>
  svg(
    axes +
      Array.from({ length: 12 }, (_, i) => `<path d="M60 ${30 * i + 20}H620" stroke="#ddd"/>`).join('') +
      ['#d33', '#37c', '#2a2', '#a3a']
        .map((stroke, series) => {
          const points = Array.from(
            { length: 56 },
            (_, i) =>
              `${60 + i * 10},${200 + series * 20 + 90 * Math.sin(i / (4 + series)) + 12 * hash(i, series, 20)}`,
          );
          return `<polyline points="${points.join(' ')}" fill="none" stroke="${stroke}" stroke-width="1.5"/>`;
        })
        .join(''),
  );

const heatMap = (): Sharp =>
  svg(
    Array.from({ length: 24 * 16 }, (_, i) => {
      const [x, y] = [i % 24, Math.floor(i / 24)];
      return `<rect x="${20 + x * 25}" y="${10 + y * 25}" width="25" height="25" fill="hsl(${240 - 240 * hash(x, y, 21)},80%,50%)"/>`;
    }).join(''),
  );

const pixelArt = (): Sharp => {
  const colours: readonly Rgb[] = [
    [20, 12, 28],
    [208, 70, 72],
    [109, 170, 44],
    [218, 212, 94],
    [89, 125, 206],
  ];
  const small = camera((x, y) => colours[Math.floor(hash(x, y, 22) * 5)] ?? [0, 0, 0], {
    width: 60,
    height: 40,
    grain: 0,
  });
  return small.resize(480, 320, { kernel: 'nearest' });
};

const dithered = (): Sharp =>
  camera(
    (x, y) => {
      const bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5][(y % 4) * 4 + (x % 4)] ?? 0;
      return x / 30 > bayer ? [255, 255, 255] : [0, 0, 120];
    },
    { grain: 0 },
  );

const flowChart = (): Sharp =>
  svg(
    '<defs><filter id="s"><feDropShadow dx="4" dy="4" stdDeviation="5" flood-opacity=".5"/></filter></defs>' +
      Array.from({ length: 8 }, (_, i) => {
        const [x, y] = [30 + (i % 4) * 150, 60 + Math.floor(i / 4) * 170];
        return `<g filter="url(#s)"><rect x="${x}" y="${y}" width="110" height="80" rx="12" fill="#eef" stroke="#447"/></g><text x="${x + 20}" y="${y + 45}" font-size="16">step ${i}</text><path d="M${x + 110} ${y + 40}h40" stroke="#000"/>`;
      }).join(''),
  );

const cover = (): Sharp =>
  svg(
    '<radialGradient id="g"><stop stop-color="#fd8"/><stop offset="1" stop-color="#214"/></radialGradient><rect width="100%" height="100%" fill="url(#g)"/><text x="80" y="200" font-size="60" fill="#fff">Containers</text><text x="80" y="260" font-size="28" fill="#fff">and what they are good for</text>',
  );

const map = (): Sharp =>
  svg(
    Array.from({ length: 60 }, (_, i) => {
      const at = (k: number): number => Math.round(hash(i, k, 23) * 640);
      return `<path d="M${at(0)} ${at(1)}Q${at(2)} ${at(3)} ${at(4)} ${at(5)}" fill="${i % 6 ? 'none' : '#cde8c0'}" stroke="${['#c90', '#888', '#59c'][i % 3]}" stroke-width="${1 + (i % 4)}"/>`;
    }).join('') + words(8, 11, '#444'),
  );

const qrCode = (): Sharp =>
  svg(
    `<g shape-rendering="crispEdges">${Array.from({ length: 900 }, (_, i) => (hash(i, 0, 24) > 0.5 ? `<rect x="${20 + (i % 30) * 12}" y="${20 + Math.floor(i / 30) * 12}" width="12" height="12"/>` : '')).join('')}</g>`,
    400,
    400,
  );

const logo = (): Sharp =>
  svg(
    '<circle cx="200" cy="210" r="150" fill="#0a7bbb"/><path d="M120 210l60 70 110-130" fill="none" stroke="#fff" stroke-width="36"/><text x="370" y="240" font-size="72" font-weight="bold" fill="#123">logo</text>',
  );

/** What must keep its sharp rims. */
export const DRAWINGS: readonly (readonly [name: string, make: () => Sharp | Promise<Sharp>])[] = [
  ['a bar chart', barChart],
  ['a line chart', lineChart],
  ['a heat map', heatMap],
  ['pixel art', pixelArt],
  ['a dithered picture', dithered],
  ['a flow chart with shadows', flowChart],
  ['a cover with a gradient', cover],
  ['a map', map],
  ['a QR code', qrCode],
  ['a page of text', textPage],
  ['a page of pale text', () => svg(words(22, 12, '#ccc'))],
  ['a terminal', () => screenshot()],
  ['a logo', logo],
  ['a page with a small photograph', () => pageWithPhotograph(0.1)],
];
