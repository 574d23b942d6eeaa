import dns from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './policy.ts';

/**
 * Resolves a host name to all of its addresses, each with its family (4 or 6). `dns.promises.lookup(host, { all: true })`,
 * except in tests.
 */
export type Resolve = (hostname: string) => Promise<readonly dns.LookupAddress[]>;

export const resolveWithSystem: Resolve = (hostname) => dns.promises.lookup(hostname, { all: true });

/** Thrown when a request would leave the public internet; also found in `cause` chains. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/**
 * Connections that stay open for the next request to the same host: a TLS handshake for each image is slow, and a burden for
 * the server.
 */
export interface Connections {
  /** @param exemptOrigin set if the request goes to exactly that origin, whose address is not checked. */
  agents(exemptOrigin: string | undefined): Agents;
  /** Ends idle connections and those in use. */
  close(): void;
}

/**
 * One pool for checked connections and one for each exempt origin. They share nothing, because an open connection skips the
 * lookup: one that was opened under an exemption must never serve a request without it.
 *
 * The lookup is part of the agent, so no request can be made without it. A host that is a numeric address skips it; `request`
 * checks that. Environment variables such as HTTPS_PROXY are ignored: a proxy connects to addresses that were not checked
 * here.
 *
 * Node unrefs idle sockets, so they keep no process alive.
 */
export function createConnections(resolve: Resolve): Connections {
  const pools = new Map<string | undefined, Agents>();
  return {
    agents: (exemptOrigin) => {
      const known = pools.get(exemptOrigin);
      if (known) return known;
      // All addresses were checked, so Node may choose which one to connect to (RFC 8305).
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

/** A lookup that returns either addresses that may all be connected to, or none. */
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

/** @param hostname set if the address was resolved from a name. */
export function forbidden(address: string, hostname?: string): ForbiddenAddressError {
  const subject = hostname === undefined ? address : `${hostname} resolves to ${address}, which`;
  return new ForbiddenAddressError(`${subject} is not a public address`);
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
}
