// Interception sees requests, not WebSockets, workers, preconnects or WebRTC: these are the wall behind it.
const NO_NETWORK = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  // Nothing listens there. Loopback too goes through the proxy, or a page could talk to this machine's services.
  '--proxy-server=http://127.0.0.1:1',
  '--proxy-bypass-list=<-loopback>',
  '--disable-quic',
];

const SAME_PICTURE = [
  // Without it, builds of Chromium disagree about the width of a word.
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--disable-gpu',
  '--lang=en-US',
  // What moves stands still at its beginning (2: no animation), or a picture of it would depend on the moment.
  '--blink-settings=imageAnimationPolicy=2',
  // Large pictures are painted with the frame that shows them, not with a later one.
  '--disable-checker-imaging',
];

/** A page that wants more than this many MiB for its objects ends, and not the machine. */
const BOUNDED = ['--js-flags=--max-old-space-size=1024'];

const QUIET = [
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-default-browser-check',
  '--no-pings',
  '--noerrdialogs',
];

/**
 * What Chromium is started with besides puppeteer's own list (which has no background networking, no sync, no first run,
 * no crash reports, an sRGB profile and tagged PDFs).
 */
export function browserArguments(options: { readonly sandbox: boolean }): readonly string[] {
  return [...NO_NETWORK, ...SAME_PICTURE, ...BOUNDED, ...QUIET, ...(options.sandbox ? [] : ['--no-sandbox'])];
}
