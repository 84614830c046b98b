import { bare, ENVELOPE_LIMIT, echoed, smallest } from '../envelope.ts';
import { at } from '../foreign.ts';
import type { Reply } from '../platform.ts';

export const REFUSED = { message: 'request verification failed' };

/** The reply in the platform's envelope: plain words only, since others are said not to work. */
export function writeXiaoai(reply: Reply, body: unknown): object {
  const attributes = echoed(at(body, 'session', 'attributes'));
  return smallest(
    ENVELOPE_LIMIT,
    () => envelope(reply, attributes, reply.text),
    () => envelope(bare(reply, ENVELOPE_LIMIT / 3), attributes),
  );
}

// Without `to_speak` the platform drops the session, so it is there even when nothing is said.
// `not_understand` is counted by the platform and ends the skill at two: our own repair is kinder.
function envelope(reply: Pick<Reply, 'text' | 'listen' | 'end'>, attributes: object, shown?: string): object {
  return {
    version: '1.0',
    session_attributes: attributes,
    is_session_end: reply.end,
    response: {
      to_speak: { type: 0, text: reply.text },
      ...(shown ? { to_display: { type: 0, text: shown } } : {}),
      open_mic: reply.listen && !reply.end,
      not_understand: false,
    },
  };
}

/** An answer without a word, and the one to a session that is over. */
export const SILENT = envelope({ text: '', listen: false, end: false }, {});
export const ENDED = envelope({ text: '', listen: false, end: true }, {});
