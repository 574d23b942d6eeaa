import ipaddr from 'ipaddr.js';
import { failed, type ImageFailed } from '../model/model.ts';

/** Azure's host agent: a public address for private use. Other clouds use 169.254.169.254, which is link-local. */
const AZURE_HOST_AGENT = '168.63.129.16';

/** The only IPv6 block that IANA allocates for global unicast; `::/96`, NAT64 and unassigned blocks are outside of it. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether a numeric address belongs to the public internet.
 *
 * An IPv4-mapped IPv6 address (`::ffff:0:0/96`) is judged by the IPv4 address in it. Every other way of embedding IPv4 is
 * refused, because a relay decides where it leads: IPv4-compatible, 6to4, Teredo, NAT64, ISATAP. Text that is no address is
 * not public.
 *
 * @param address as `dns.lookup` gives it: dotted decimal or IPv6, without brackets; a zone id makes it not public.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js also reads `127.1` and `0x7f.1`. Here only the canonical four numbers count as IPv4.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return isPublicIPv4(ipaddr.IPv4.parse(address));
  if (!ipaddr.IPv6.isValid(address)) return false;
  const parsed = ipaddr.IPv6.parse(address);
  if (parsed.zoneId !== undefined && parsed.zoneId !== null) return false;
  if (parsed.isIPv4MappedAddress()) return isPublicIPv4(parsed.toIPv4Address());
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST) && !isIsatap(parsed);
}

function isPublicIPv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && address.toString() !== AZURE_HOST_AGENT;
}

/** RFC 5214: interface ids `0000:5efe:a.b.c.d`, with the universal and group bits either way. */
function isIsatap(address: ipaddr.IPv6): boolean {
  const [, , , , high = 0, low = 0] = address.parts;
  return (high & ~0x0300) === 0 && low === 0x5efe;
}

/**
 * Whether Deckhand may request a URL: http or https, with a host, and without a user name or password. Credentials are
 * refused and not stripped: a deck should not contain them, and without them the answer would be a different one.
 */
export function isWebUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && hostname !== '' && username === '' && password === '';
}

/**
 * Why a URL that is not an {@link isWebUrl} is not requested.
 *
 * @param redirectedFrom the host that led to it.
 */
export function refusal(url: string, redirectedFrom?: string): ImageFailed {
  if (!URL.canParse(url)) return failed('IMAGE_FORBIDDEN_ADDRESS', 'the address is not a valid URL');
  const { protocol, host } = new URL(url);
  const credentials = /^https?:$/.test(protocol);
  const what = credentials ? `a URL of ${host} with a user name or password` : `a ${protocol} URL`;
  const message =
    redirectedFrom === undefined || redirectedFrom === host
      ? `the address is ${what}`
      : `${redirectedFrom} redirects to ${what}`;
  const hint = 'Only http and https URLs without credentials are fetched.';
  return failed('IMAGE_FORBIDDEN_ADDRESS', message, hint);
}

/**
 * The numeric address that a URL has as its host, without brackets; undefined for a name. Such hosts skip the lookup, so they
 * are checked before. The URL parser has already turned decimal, octal, hexadecimal, short and full-width spellings into four
 * decimal numbers.
 */
export function literalAddress(url: string): string | undefined {
  const { hostname } = new URL(url);
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  return ipaddr.IPv4.isValidFourPartDecimal(hostname) ? hostname : undefined;
}
