import { once } from 'node:events';
import {
  type ClientRequest,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { type PatientTimeout, patientTimeout } from '../../async/patient-timeout.ts';
import type { ImageLimits } from '../model/limits.ts';
import { type Connections, forbidden } from './connections.ts';
import { isPublicAddress, literalAddress } from './policy.ts';

/** The status and headers of an answer, and its unread body. The caller destroys `body`. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

export interface HopOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: ImageLimits;
  readonly connections: Connections;
  /** The address of this request is not checked: it is a mirror's own origin. */
  readonly exempt: boolean;
}

/** A host did not answer before a deadline: that of the connection, or that of the answer. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';
  readonly phase: 'connect' | 'response';

  constructor(phase: 'connect' | 'response') {
    super(`no ${phase} in time`);
    this.phase = phase;
  }
}

/**
 * Requests one URL and waits for the headers. It follows no redirects, does not retry and does not decompress: the caller
 * decides about each of these. The connection goes to the addresses that were checked, without a second lookup.
 *
 * It uses Node's own client: a library on top of it took half of the time with hundreds of small answers.
 *
 * @throws {ForbiddenAddressError} if the host is, or resolves to, an address that is not public.
 * @throws {SilenceError}
 */
export async function request(url: string, options: HopOptions, signal: AbortSignal): Promise<Answer> {
  const literal = literalAddress(url);
  if (!options.exempt && literal !== undefined && !isPublicAddress(literal)) throw forbidden(literal);
  for (;;) {
    const sent = send(url, options, signal);
    try {
      const [body] = (await once(sent, 'response')) as [IncomingMessage];
      return { status: body.statusCode ?? 0, headers: body.headers, body };
    } catch (error) {
      sent.destroy();
      signal.throwIfAborted();
      // A host may end an idle connection just when it gets its next request, which says nothing about either. The request is
      // repeated on the next connection (RFC 9110, 9.2.2); a new connection, at the latest, ends this loop.
      if (!(sent.reusedSocket && isClosed(error))) throw error;
    }
  }
}

function send(
  url: string,
  { headers, limits, connections, exempt }: HopOptions,
  signal: AbortSignal,
): ClientRequest {
  const { origin, protocol } = new URL(url);
  const isSecure = protocol === 'https:';
  const agents = connections.agents(exempt ? origin : undefined);
  const sent = (isSecure ? httpsRequest : httpRequest)(url, {
    // Configured headers cannot change the accepted encodings. Not zstd, which Node 20 cannot unpack.
    headers: { ...headers, 'accept-encoding': 'gzip, br' },
    agent: isSecure ? agents.https : agents.http,
    signal,
  });
  let body: IncomingMessage | undefined;
  sent.once('response', (response) => {
    body = response;
  });
  // Errors after the headers are reported by the body. This error would only say that it ended too soon.
  sent.on('error', (error) => body?.destroy(error));
  endWhenSilent(sent, isSecure, limits);
  return sent.end();
}

/** Lookup, TCP and TLS each have a deadline, and so have the headers of the answer. */
function endWhenSilent(sent: ClientRequest, isSecure: boolean, limits: ImageLimits): void {
  let timeout: PatientTimeout | undefined;
  const expect = (phase: 'connect' | 'response'): void => {
    timeout?.clear();
    const ms = phase === 'connect' ? limits.connectTimeoutMs : limits.responseTimeoutMs;
    timeout = patientTimeout(ms, () => sent.destroy(new SilenceError(phase)));
  };
  sent.once('socket', (socket: Socket) => {
    if (!socket.connecting) return expect('response');
    expect('connect');
    socket.once('lookup', () => expect('connect'));
    socket.once('connect', () => expect(isSecure ? 'connect' : 'response'));
    socket.once('secureConnect', () => expect('response'));
  });
  for (const event of ['response', 'close']) sent.once(event, () => timeout?.clear());
}

function isClosed(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');
}
