import { type HandlerInput, SkillBuilders } from 'ask-sdk-core';
import type { RequestEnvelope, ResponseEnvelope } from 'ask-sdk-model';
import { at } from '../foreign.ts';
import type { Turn, Utterance } from '../platform.ts';
import { writeAlexa } from './response.ts';

/** Answers one utterance in the kit's envelope; `body` is the verified request, whatever its shape. */
export type Skill = (said: Utterance, body: unknown) => Promise<ResponseEnvelope>;

/** The skill as ask-sdk-core hosts it: one handler takes everything, since the dialogue is ours and not the kit's. */
export function createSkill(turn: Turn): Skill {
  const skill = SkillBuilders.custom()
    .addRequestHandlers({ canHandle: () => true, handle: (input) => handle(turn, input) })
    .create();
  return (said, body) => skill.invoke(envelopeOf(body), said);
}

// The utterance was read from the same body before: the kit carries it as its context.
async function handle(turn: Turn, input: HandlerInput) {
  const said = input.context as Utterance;
  const reply = await turn(said);
  if (input.requestEnvelope.session) input.attributesManager.setSessionAttributes({});
  return said.kind === 'end' ? {} : writeAlexa(input.responseBuilder, reply);
}

// The kit copies `session` and reads the rest through us: what is odd in the capture must not reach it.
function envelopeOf(body: unknown): RequestEnvelope {
  const session = at(body, 'session');
  const kept = typeof session === 'object' && session !== null ? { session: {} } : {};
  return { version: '1.0', context: {}, request: at(body, 'request'), ...kept } as RequestEnvelope;
}
