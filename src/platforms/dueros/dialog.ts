/**
 * The platform's dialogue directives: the next words belong to the question in hand, and it knows what may be chosen. They name
 * the intent that the request came with, as the vendor's kits do: whether another may stand there is not documented.
 */
import { asksHer, ORDINAL, slotAsked } from '../eliciting.ts';
import { entriesAt, listAt, textAt } from '../foreign.ts';
import type { Reply } from '../platform.ts';

/** Whether the intent of that name in the console has that slot. */
export type Takes = (intent: string, slot: string) => boolean;

/** The directive for a question whose answer is a slot of the intent at hand; none for any other. */
export function dialogOf(reply: Reply, body: unknown, takes: Takes): object[] {
  const slot = asksHer(reply) ? slotAsked(reply) : undefined;
  const intent = listAt(body, 'request', 'intents')[0];
  const name = textAt(intent, 'name');
  if (!slot || !name || !takes(name, slot)) return [];
  const updatedIntent = { name, slots: Object.fromEntries(entriesAt(intent, 'slots')) };
  const options = slot === ORDINAL ? optionsOf(reply) : [];
  return options.length > 0
    ? [{ type: 'Dialog.SelectSlot', slotToSelect: slot, updatedIntent, options }]
    : [{ type: 'Dialog.ElicitSlot', slotToElicit: slot, updatedIntent }];
}

const optionsOf = ({ choices = [] }: Reply): object[] =>
  choices.map(({ n, text }) => ({ type: 'KEYWORD', value: text, synonyms: [String(n)], index: n }));

/** What the answer may sound like: it helps the platform to hear it right, whichever intent is at hand. */
export function expectedOf(reply: Reply): object[] {
  const slot = asksHer(reply) ? slotAsked(reply) : undefined;
  const words = slot === ORDINAL ? (reply.choices ?? []).map(({ text }) => ({ type: 'PlainText', text })) : [];
  return slot ? [...words, { type: 'Slot', slot }] : [];
}
