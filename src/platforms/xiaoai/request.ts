import { ourIntent } from '../envelope.ts';
import { at, listAt, slotText, textAt, tryParse } from '../foreign.ts';
import type { Utterance } from '../platform.ts';

const ENTER = 0;
const END = 2;
const SYSTEM_INTENTS: Record<string, string> = { Mi_Exit: 'stop' };

type Said = Pick<Utterance, 'kind' | 'text' | 'intent'>;

/** The utterance in a verified request; undefined for events, which are answered without a word. */
export function readXiaoai(body: unknown, digest: string): Utterance | undefined {
  const said = saidIn(body);
  if (!said) return undefined;
  const user = textAt(body, 'session', 'user', 'user_id');
  return {
    brand: 'xiaoai',
    device: textAt(body, 'context', 'device_id') ?? user ?? textAt(body, 'session', 'session_id') ?? digest,
    user,
    linkToken: textAt(body, 'session', 'user', 'access_token'),
    requestId: textAt(body, 'request', 'request_id') ?? digest,
    locale: 'zh-CN',
    medium: 'plain',
    // `session.is_new` is false even when she has just come in.
    newSession: Number(at(body, 'request', 'type')) === ENTER,
    ...said,
  };
}

function saidIn(body: unknown): Said | undefined {
  const request = at(body, 'request');
  const type = Number(at(request, 'type'));
  if (type === END) return { kind: 'end' };
  if (textAt(request, 'event_type')) return undefined;
  if (at(request, 'no_response') === true) return { kind: 'silence' };
  const intent = textAt(infoIn(request), 'intent_name');
  if (type === ENTER && !intent) return { kind: 'launch' };
  return spoken(body, intent ?? '');
}

/** The intent with its slots; where it is left out, the same lies as JSON in a string beside the words. */
function infoIn(request: unknown): unknown {
  const beside = at(request, 'intent', 'slots');
  return at(request, 'slot_info') ?? (typeof beside === 'string' ? tryParse(beside) : beside);
}

// "Let X do Y" enters with an intent: launch and wish in one, the words carry both.
function spoken(body: unknown, vendorName: string): Said {
  const system = SYSTEM_INTENTS[vendorName];
  if (system) return { kind: 'intent', intent: { name: system, slots: {} } };
  const words = textAt(body, 'query') ?? textAt(body, 'request', 'intent', 'query');
  if (words?.trim()) return { kind: 'words', text: words };
  const name = ourIntent(vendorName);
  return name ? { kind: 'intent', intent: { name, slots: slotsIn(body) } } : { kind: 'words' };
}

function slotsIn(body: unknown): Record<string, string> {
  const slots = listAt(infoIn(at(body, 'request')), 'slots').flatMap((slot) => {
    const name = textAt(slot, 'name');
    const value = slotText(at(slot, 'value')) ?? slotText(at(slot, 'raw_value'));
    return name && value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(slots);
}
