import { createPrivateKey } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type Clock, systemClock } from '../../clock.ts';
import { type Delivery, digestOf } from '../delivery.ts';
import { textAt } from '../foreign.ts';
import type { Turn } from '../platform.ts';
import { type BrandOptions, guardedTurn, mountWebhook } from '../webhook.ts';
import { serveOwnership } from './files.ts';
import { isEnvelope2, readAligenie, readAligenie2 } from './request.ts';
import { REFUSED, SILENT, SILENT2, writeAligenie, writeAligenie2 } from './response.ts';
import { minutesOff, verifyAligenie } from './verify.ts';

export interface AligenieOptions extends BrandOptions {
  /** ALIGENIE_SKILL_ID; without it or the secret there is no route. */
  skillId?: string;
  secretHeader?: string;
  secret?: string;
  /** ALIGENIE_FILES_DIR; without it there is no GET /aligenie/:file. */
  filesDir?: string;
  /** PEM, for bodies that the console encrypts. */
  privateKey?: string;
  /** Answers the newer protocol too. It was never seen in a capture: off unless asked for. */
  envelope2?: boolean;
  /** Speaks in markup. Which of it the speaker honours inside a skill is not documented: off unless asked for. */
  ssml?: boolean;
  /** The real clock. */
  clock?: Clock;
}

/** A request id of a time further away than this is told in the log. */
const ODD_MINUTES = 10;

/** POST /webhooks/aligenie and the ownership files. */
export async function aligenie(app: FastifyInstance, options: AligenieOptions): Promise<void> {
  const { skillId, secretHeader = 'x-jialiban-secret', secret, filesDir, privateKey, clock = systemClock } = options;
  if (filesDir) serveOwnership(app, filesDir);
  if (!skillId || !secret) return;
  const proof = { skillId, secretHeader, secret, privateKey: privateKey ? createPrivateKey(privateKey) : undefined };
  const turn = guardedTurn(options);

  mountWebhook(
    app,
    {
      brand: 'aligenie',
      path: '/webhooks/aligenie',
      silent: SILENT,
      refused: REFUSED,
      verify: async (delivery) => {
        const body = verifyAligenie(delivery, proof);
        const minutes = minutesOff(textAt(body, 'requestId'), clock.now()) ?? 0;
        if (minutes > ODD_MINUTES) app.log.warn({ brand: 'aligenie', minutes }, 'a request id names another time');
        return body;
      },
      answer: (body, delivery) => answer(turn, body, delivery, options),
    },
    options,
  );
}

async function answer(
  turn: Turn,
  body: unknown,
  delivery: Delivery,
  { envelope2, ssml }: AligenieOptions,
): Promise<object> {
  const medium = ssml ? 'aligenie' : 'plain';
  if (!isEnvelope2(body)) return writeAligenie(await turn(readAligenie(body, digestOf(delivery), medium)), body);
  const said = envelope2 ? readAligenie2(body, digestOf(delivery), medium) : undefined;
  if (!said) return SILENT2;
  const reply = await turn(said);
  return said.kind === 'end' ? SILENT2 : writeAligenie2(reply, body);
}
