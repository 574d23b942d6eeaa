// Interception sees requests, but no WebSockets, workers, preconnects or WebRTC. These flags block them.
const NO_NETWORK = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  // Nothing listens on this port. Loopback also goes through the proxy, otherwise a page could reach services of this
  // machine.
  '--proxy-server=http://127.0.0.1:1',
  '--proxy-bypass-list=<-loopback>',
  '--disable-quic',
];

const SAME_PICTURE = [
  // Without this, builds of Chromium disagree about the widths of words.
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--disable-gpu',
  '--lang=en-US',
  // Animations stay at their beginning (2: no animation). Otherwise a screenshot would depend on the moment it is taken.
  '--blink-settings=imageAnimationPolicy=2',
  // Large images are painted with the frame that shows them, not with a later one.
  '--disable-checker-imaging',
];

const BOUNDED = [
  // A page whose objects need more MiB than this is ended, before the machine runs out of memory.
  '--js-flags=--max-old-space-size=1024',
  // Pages hold a third less memory, and take no longer. On desktops it changes no pictures: only on Android it lowers their
  // quality.
  '--enable-low-end-device-mode',
];

/** There is no network, so its service needs no process of its own, which takes 11 MB and a seventh of the start. */
const FEW_PROCESSES = ['--enable-features=NetworkServiceInProcess2'];

const QUIET = [
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-default-browser-check',
  '--no-pings',
  '--noerrdialogs',
];

/**
 * Arguments for Chromium in addition to puppeteer's own (no background networking, no sync, no first run, no crash reports,
 * an sRGB profile and tagged PDFs).
 */
export function browserArguments(options: { readonly sandbox: boolean }): readonly string[] {
  return [
    ...NO_NETWORK,
    ...SAME_PICTURE,
    ...BOUNDED,
    ...FEW_PROCESSES,
    ...QUIET,
    ...(options.sandbox ? [] : ['--no-sandbox']),
  ];
}
