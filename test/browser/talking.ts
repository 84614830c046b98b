/** Talking to the speaker in the browser, as a resident would, by what it asks for. */
import type { Page } from 'playwright-core';

export interface Heard {
  text: string;
  phrase: string;
  asking: string;
}

/** Opens the speaker of a home and waits until it is connected. */
export async function openSpeaker(page: Page, deviceId: string): Promise<void> {
  await page.goto(`/speaker?device=${encodeURIComponent(deviceId)}`);
  await page.getByRole('button', { name: '叫醒音箱' }).and(page.locator(':enabled')).waitFor();
}

/** Does something and hears the answer to it: what was said lies in the transcript, the newest last. */
export async function heardAfter(page: Page, act: () => Promise<unknown>): Promise<Heard> {
  const answers = page.locator('.transcript [data-who="speaker"]');
  const before = await answers.count();
  await act();
  await answers.nth(before).waitFor();
  const shown = page.locator('.answer-text');
  return {
    text: (await shown.innerText()).trim(),
    phrase: (await shown.getAttribute('data-phrase')) ?? '',
    asking: (await shown.getAttribute('data-asking')) ?? '',
  };
}

/** Types a sentence and sends it. */
export function say(page: Page, words: string): Promise<Heard> {
  return heardAfter(page, async () => {
    await page.getByLabel('跟音箱说的话').fill(words);
    await page.getByRole('button', { name: '说', exact: true }).click();
  });
}

const ANSWERS: Record<string, string> = {
  date: '后天',
  yesno: '对',
  item: '老年优待证',
  direction: '我去取',
  resident: '我',
};

/** Answers whatever is asked, always the first of what is offered, until the booking stands. */
export async function bookByTalking(page: Page, first: string): Promise<Heard> {
  let heard = await say(page, first);
  for (let turn = 0; turn < 8 && heard.phrase !== 'pickup.booked'; turn++) {
    const choice = page.locator('.answer-choices button').first();
    if (await choice.isVisible()) heard = await heardAfter(page, () => choice.click());
    else heard = await say(page, ANSWERS[heard.asking] ?? '对');
  }
  return heard;
}
