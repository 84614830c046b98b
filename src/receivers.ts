/** Everybody outside to whom we deliver, from the configuration. In the sample community stand-ins answer for who is not there. */
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createBinhai } from './connectors/binhai.ts';
import { createSms } from './connectors/sms.ts';
import { type Inbox, startInbox } from './connectors/stand-ins/inbox.ts';
import { createWebhook } from './connectors/webhook.ts';
import type { Receivers } from './jobs/deliveries-routes.ts';
import { createAlexaPush } from './platforms/alexa/push.ts';
import { createAligeniePush } from './platforms/aligenie/push.ts';
import { createDuerosPush } from './platforms/dueros/push.ts';
import type { Push } from './platforms/push.ts';
import { createXiaoaiPush } from './platforms/xiaoai/push.ts';

/** As Alexa names the one from whom a message is. */
const SENDER = 'Jialiban';

/** The stand-ins' servers are closed by `close`. */
export async function openReceivers(config: Config): Promise<Receivers & { close: () => Promise<void> }> {
  const standIns: Inbox[] = [];
  const orStandIn = async (receiver: { url: string; key?: string } | undefined) => {
    if (receiver || !config.sampleData) return receiver;
    const inbox = await startInbox();
    standIns.push(inbox);
    return { url: inbox.url };
  };
  const [binhai, sms] = [await orStandIn(config.binhai), await orStandIn(config.sms)];
  return {
    binhai: binhai && createBinhai(binhai),
    sms: sms && createSms(sms),
    webhook: createWebhook({ allowLoopback: config.sampleData, clock: systemClock }),
    pushes: pushesOf(config),
    close: async () => {
      await Promise.all(standIns.map((one) => one.close()));
    },
  };
}

/** A brand's chime, where its route is open and it was given what it needs. Signatures and tokens know the real time only. */
function pushesOf({ alexa, aligenie, dueros, xiaoai }: Config): Push[] {
  const clock = systemClock;
  const pushes: Push[] = [];
  if (alexa?.clientId && alexa.clientSecret) {
    const { clientId, clientSecret, apiUrl, tokenUrl, stage, limits } = alexa;
    pushes.push(createAlexaPush({ clientId, clientSecret, apiUrl, tokenUrl, stage, limits, sender: SENDER, clock }));
  }
  if (aligenie?.accessKey && aligenie.secretKey && aligenie.templateId) {
    const { accessKey, secretKey, templateId, apiUrl, skillId, organizationId, limits } = aligenie;
    pushes.push(
      createAligeniePush({ accessKey, secretKey, templateId, apiUrl, skillId, organizationId, limits, clock }),
    );
  }
  if (dueros) pushes.push(createDuerosPush());
  if (xiaoai) pushes.push(createXiaoaiPush());
  return pushes;
}
