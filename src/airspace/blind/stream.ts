/**
 * Server-sent events to the desks of each party. Every frame has the same size, heartbeat or alert, and both sides'
 * frames of one change leave in the same turn. A desk that hears nothing for two heartbeats must show itself stale.
 */
import type { FastifyReply } from 'fastify';
import type { View } from './views.ts';

const FRAME_BYTES = 8_192;
export const HEARTBEAT_MS = 1_000;

export class Stream {
  private readonly desks = new Map<string, Set<FastifyReply>>();

  /** Takes a connection over; it ends when the client goes. */
  open(party: string, reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    const desks = this.desks.get(party) ?? new Set();
    desks.add(reply);
    this.desks.set(party, desks);
    reply.raw.on('close', () => desks.delete(reply));
  }

  send(party: string, event: 'heartbeat' | 'alert', body: View): void {
    const frame = frameOf(event, body);
    for (const reply of this.desks.get(party) ?? []) reply.raw.write(frame);
  }

  parties(): string[] {
    return [...this.desks.keys()];
  }

  close(): void {
    for (const desks of this.desks.values()) for (const reply of desks) reply.raw.end();
  }
}

/** `event:` and `data:` lines, filled up with a comment line to the one size of all frames. */
function frameOf(event: string, body: View): string {
  const text = `event: ${event}\ndata: ${JSON.stringify(body)}\n`;
  const size = Math.ceil((Buffer.byteLength(text) + 3) / FRAME_BYTES) * FRAME_BYTES;
  return `${text}:${' '.repeat(size - Buffer.byteLength(text) - 3)}\n\n`;
}
