import { type HandlerInput, SkillBuilders } from 'ask-sdk-core';
import type { RequestEnvelope, ResponseEnvelope } from 'ask-sdk-model';
import { echoed } from '../envelope.ts';
import { at } from '../foreign.ts';
import type { Turn, Utterance } from '../platform.ts';
import { mayRemind, type RemindParts, remind } from './reminder.ts';
import { writeAlexa } from './response.ts';
import { hasScreen } from './screen.ts';

/** Answers one utterance in the kit's envelope; `body` is the verified request, whatever its shape. */
export type Skill = (said: Utterance, body: unknown) => Promise<ResponseEnvelope>;

/** The skill as ask-sdk-core hosts it: one handler takes everything, since the dialogue is ours and not the kit's. */
export function createSkill(parts: SkillParts): Skill {
  const skill = SkillBuilders.custom()
    .addRequestHandlers({ canHandle: () => true, handle: (input) => handle(parts, input) })
    .create();
  return (said, body) => skill.invoke(envelopeOf(body), { said, body } satisfies Asked);
}

export interface SkillParts {
  turn: Turn;
  /** Accounts of this brand can be linked to households. */
  linking: boolean;
  /** How reminders are made; without it none are. */
  reminders?: RemindParts;
}

interface Asked {
  said: Utterance;
  body: unknown;
}

// The utterance was read from the same body before: the kit carries both as its context.
async function handle({ turn, linking, reminders }: SkillParts, input: HandlerInput) {
  const { said, body } = input.context as Asked;
  const reply = await turn(said);
  if (input.requestEnvelope.session)
    input.attributesManager.setSessionAttributes(echoed(at(body, 'session', 'attributes')));
  if (said.kind === 'end') return {};
  const { reminder } = reply;
  if (reminder && reminders) await remind(body, said, reminder, reminders);
  const permission = reminder !== undefined && reminders !== undefined && !mayRemind(body);
  return writeAlexa(input.responseBuilder, reply, { screen: hasScreen(body), linking, permission });
}

// The kit copies `session` and reads the rest through us: what is odd in the capture must not reach it.
function envelopeOf(body: unknown): RequestEnvelope {
  const session = at(body, 'session');
  const kept = typeof session === 'object' && session !== null ? { session: {} } : {};
  return { version: '1.0', context: {}, request: at(body, 'request'), ...kept } as RequestEnvelope;
}
