import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../clock.ts';
import type { Certificates } from '../certificates.ts';
import { digestOf } from '../delivery.ts';
import { at, textAt } from '../foreign.ts';
import { type BrandOptions, guardedTurn, mountWebhook } from '../webhook.ts';
import type { RemindParts } from './reminder.ts';
import { readAlexa } from './request.ts';
import { fulfilment, REFUSED, SILENT } from './response.ts';
import { createSkill } from './skill.ts';
import { verifyAlexa } from './verify.ts';

export interface AlexaOptions extends BrandOptions {
  /** ALEXA_SKILL_ID; without it there is no route. */
  skillId?: string;
  certificates: Certificates;
  /** The real clock. */
  clock: Clock;
  /** Where reminders are made, and what keeps a repeat from making a second; without them none are. */
  reminders?: Pick<RemindParts, 'apiUrl' | 'once'>;
}

/** POST /webhooks/alexa: verified by our own code, hosted by the vendor's kit. */
export async function alexa(app: FastifyInstance, options: AlexaOptions): Promise<void> {
  const { skillId, certificates, clock, linking = false, reminders } = options;
  if (!skillId) return;
  const skill = createSkill({
    turn: guardedTurn(options),
    linking,
    reminders: reminders && { ...reminders, now: () => clock.now() },
  });

  mountWebhook(
    app,
    {
      brand: 'alexa',
      path: '/webhooks/alexa',
      silent: SILENT,
      refused: REFUSED,
      verify: (delivery) => verifyAlexa(delivery, { skillId, certificates, clock }),
      answer: async (body, delivery) => {
        const request = at(body, 'request');
        if (textAt(request, 'type') === 'CanFulfillIntentRequest') return fulfilment(request);
        const said = readAlexa(body, digestOf(delivery));
        return said ? skill(said, body) : SILENT;
      },
    },
    options,
  );
}
