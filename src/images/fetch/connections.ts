import dns from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './policy.ts';

/** Every address of a host, each with its family (4 or 6). `dns.promises.lookup(host, { all: true })` unless a test says otherwise. */
export type Resolve = (hostname: string) => Promise<readonly dns.LookupAddress[]>;

export const resolveWithSystem: Resolve = (hostname) => dns.promises.lookup(hostname, { all: true });

/** Thrown, and found again in `cause` chains, when a request would leave the public internet. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** Connections that stay open for the next request to the same host: a TLS handshake for each image is slow and rude. */
export interface Connections {
  /** @param exemptOrigin set where the request goes to that very origin, whose address is not judged. */
  agents(exemptOrigin: string | undefined): Agents;
  /** Ends idle connections and those in use. */
  close(): void;
}

/**
 * One pool for judged connections and one for each exempt origin. They share nothing, because an open connection skips
 * the lookup: one that was opened under an exemption must never serve a request without it.
 *
 * The lookup belongs to the agent, so no request can be made without it; a host that is a number skips it, and
 * `request` judges that. Environment variables such as HTTPS_PROXY are not looked at: a proxy connects by itself, to
 * addresses that nobody here has judged.
 *
 * Idle sockets are unref'd by Node and keep no process alive.
 */
export function createConnections(resolve: Resolve): Connections {
  const pools = new Map<string | undefined, Agents>();
  return {
    agents: (exemptOrigin) => {
      const known = pools.get(exemptOrigin);
      if (known) return known;
      // All addresses were judged, so which of them is connected to may be left to Node (RFC 8305, in its way).
      const options = {
        keepAlive: true,
        autoSelectFamily: true,
        lookup: judgedLookup(exemptOrigin !== undefined, resolve),
      };
      const made = { http: new HttpAgent(options), https: new HttpsAgent(options) };
      pools.set(exemptOrigin, made);
      return made;
    },
    close: () => {
      for (const { http, https } of pools.values()) {
        http.destroy();
        https.destroy();
      }
      pools.clear();
    },
  };
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

/** @param hostname where it was a name that led to the address. */
export function forbidden(address: string, hostname?: string): ForbiddenAddressError {
  const subject = hostname === undefined ? address : `${hostname} resolves to ${address}, which`;
  return new ForbiddenAddressError(`${subject} is not a public address`);
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
}
