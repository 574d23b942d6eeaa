const OURS: Readonly<Record<string, string>> = {
  'sans-serif': 'Lato',
  serif: 'Lora',
  monospace: 'JetBrains Mono',
  emoji: 'Noto Color Emoji',
};

// Chromium accepts a substitute only in front of the family itself, so it also hides an installed font of that name. 'sans'
// is what Chromium requests for system-ui; Comic Sans MS and Impact are its cursive and fantasy.
const STAND_INS: Readonly<Record<string, readonly string[]>> = {
  Lato: ['sans', 'system-ui', 'Arial', 'Helvetica', 'Helvetica Neue', 'Verdana', 'Comic Sans MS', 'Impact'],
  Lora: ['Times', 'Times New Roman', 'Georgia'],
  'JetBrains Mono': ['Courier', 'Courier New', 'Consolas', 'Menlo', 'Monaco'],
};

/**
 * The configuration for fontconfig. Paths are relative to its own folder, so that its text is the same wherever the cache is.
 *
 * - System fonts with the names of our families are hidden: of two fonts with one name fontconfig takes the newer version, so
 *   a print would depend on the machine.
 * - Our fonts come before the system's rules, so that the generic families are ours.
 * - The same applies to the families that Chromium requests where a page names none, installed or not.
 */
export const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <selectfont>
    <rejectfont>
${['Lato-', 'Lora-', 'Lora?', 'JetBrainsMono', 'NotoColorEmoji', 'Noto-COLRv1', 'DejaVuSans']
  .map((start) => `      <glob>*/${start}*</glob>`)
  .join('\n')}
    </rejectfont>
  </selectfont>
  <match target="pattern">
    <test name="family" qual="all" compare="not_eq"><string>sans-serif</string></test>
    <test name="family" qual="all" compare="not_eq"><string>serif</string></test>
    <test name="family" qual="all" compare="not_eq"><string>monospace</string></test>
    <test name="family" qual="all" compare="not_eq"><string>emoji</string></test>
    <edit name="family" mode="append_last"><string>sans-serif</string></edit>
  </match>
${Object.entries(STAND_INS)
  .flatMap(([ours, families]) => families.map((family) => standIn(family, ours)))
  .join('\n')}
${Object.entries(OURS)
  .map(([family, ours]) => generic(family, ours))
  .join('\n')}
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
`;

function standIn(family: string, ours: string): string {
  return `  <alias binding="same"><family>${family}</family><prefer><family>${ours}</family></prefer></alias>`;
}

// All our families come before those that the system's rules add. Emoji are excluded: the system's rules request emoji first
// for any pattern that contains an emoji family.
function generic(family: string, ours: string): string {
  const fallbacks = family === 'monospace' ? ['DejaVu Sans Mono', 'DejaVu Sans'] : ['DejaVu Sans'];
  const others = ['Lato', 'Lora', 'JetBrains Mono', ...fallbacks].filter((other) => other !== ours);
  const preferred = (family === 'emoji' ? [ours] : [ours, ...others]).map(
    (name) => `<family>${name}</family>`,
  );
  return `  <alias binding="same"><family>${family}</family><prefer>${preferred.join('')}</prefer></alias>`;
}
