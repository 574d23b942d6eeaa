import dns from 'node:dns';
import { once } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import got, { type Request } from 'got';
import type { ImageLimits } from './limits.ts';
import { isPublicAddress, literalAddress } from './policy.ts';

/** Every address of a host, each with its family (4 or 6). `dns.promises.lookup(host, { all: true })` unless a test says otherwise. */
export type Resolve = (hostname: string) => Promise<readonly dns.LookupAddress[]>;

export const resolveWithSystem: Resolve = (hostname) => dns.promises.lookup(hostname, { all: true });

/** Thrown, and found again in `cause` chains, when a request would leave the public internet. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

/** The answer's head, and its body still to be read. The caller destroys `body`. */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Request;
}

export interface HopOptions {
  readonly userAgent: string;
  readonly limits: ImageLimits;
  /** The address of this hop needs no judging: it is a mirror's own origin. */
  readonly exempt: boolean;
}

const ACCEPT = 'image/avif,image/webp,image/png,image/svg+xml,image/jpeg,image/*;q=0.8,*/*;q=0.5';

/**
 * Asks for one URL and waits for the headers. Follows nothing, retries nothing, inflates nothing: each of these has
 * to be judged by the caller. The connection goes to the very addresses that were judged, without a second lookup.
 *
 * @throws {ForbiddenAddressError} if the host is, or resolves to, an address that is not public.
 */
export async function request(
  url: string,
  options: HopOptions,
  signal: AbortSignal,
  resolve: Resolve,
): Promise<Answer> {
  const literal = literalAddress(url);
  if (!options.exempt && literal !== undefined && !isPublicAddress(literal)) throw forbidden(literal);
  const { connectTimeoutMs, responseTimeoutMs } = options.limits;
  const body = got.stream(url, {
    headers: { 'user-agent': options.userAgent, accept: ACCEPT, 'accept-encoding': 'gzip, br' },
    // Fresh agents: a pooled socket skips the lookup, so one opened under an exemption could serve a hop without it.
    agent: { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) },
    dnsLookup: judgedLookup(options.exempt, resolve),
    timeout: {
      lookup: connectTimeoutMs,
      connect: connectTimeoutMs,
      secureConnect: connectTimeoutMs,
      response: responseTimeoutMs,
    },
    followRedirect: false,
    retry: { limit: 0 },
    throwHttpErrors: false,
    decompress: false,
    signal,
  });
  // `once` below hears the first error, the reader of the body later ones; those after `destroy` are nobody's.
  body.on('error', () => {});
  try {
    const [response] = await once(body, 'response', { signal });
    return {
      status: response.statusCode,
      statusText: response.statusMessage ?? '',
      headers: response.headers,
      body,
    };
  } catch (error) {
    body.destroy();
    throw error;
  }
}

/** A lookup that hands out either addresses that may all be connected to, or none. */
function judgedLookup(exempt: boolean, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (all) => {
        const secret = exempt ? undefined : all.find(({ address }) => !isPublicAddress(address));
        const [first] = all;
        if (secret) callback(forbidden(secret.address, hostname), '');
        else if (!first) callback(notFound(hostname), '');
        else if (options.all) callback(null, [...all]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

function forbidden(address: string, hostname?: string): ForbiddenAddressError {
  const subject = hostname === undefined ? address : `${hostname} leads to ${address}, which`;
  return new ForbiddenAddressError(`${subject} is not a public address`);
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
}
