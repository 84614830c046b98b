/** When what happens in a call, told by both pages on the one clock of this machine: they look by themselves, nobody asks them meanwhile. */
import type { Page } from 'playwright-core';

/** Milliseconds since she asked. */
export interface Marks {
  /** It rings at the desk. */
  rung: number;
  /** It was taken; here at once, as by a clerk who waits for it. */
  taken: number;
  /** Her speaker begins to say who is there. */
  told: number;
  /** She hears the clerk. */
  heardAtHome: number;
  /** The clerk hears her. */
  heardAtDesk: number;
}

const WATCH = `(() => {
  if (window.marks) return;
  const seen = (selector, words = '') => new Promise((resolve) => {
    const there = () => document.querySelector(selector)?.innerText.includes(words);
    const look = () => there() && (resolve(Date.now()), observer.disconnect());
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
  });
  const heard = async () => {
    const context = new AudioContext();
    const ear = new AnalyserNode(context, { fftSize: 1024 });
    const wave = new Float32Array(ear.fftSize);
    for (let source; ; await new Promise((next) => setTimeout(next, 20))) {
      const element = [...document.querySelectorAll('audio[data-leg]')].find((one) => one.srcObject);
      if (!element) continue;
      if (source !== element.srcObject) context.createMediaStreamSource((source = element.srcObject)).connect(ear);
      ear.getFloatTimeDomainData(wave);
      if (wave.some((one) => Math.abs(one) > 0.02)) return void context.close() ?? Date.now();
    }
  };
  const say = () => {
    [...document.querySelectorAll('button')].find((one) => one.innerText === '说').click();
    return Date.now();
  };
  window.marks = { seen, heard, say };
})()`;

/** She asks for a person, somebody is free and takes it at once. Both pages stand ready; the call goes on afterwards. */
export async function fromWordToVoices(her: Page, desk: Page): Promise<Marks> {
  await Promise.all([her, desk].map((page) => page.evaluate(WATCH)));
  const times = Promise.all([
    desk.evaluate<number>(`marks.seen('.offer-take').then((at) => {
      document.querySelector('.offer-take').click();
      return at;
    })`),
    desk.evaluate<number>(`marks.seen('.call-bar')`),
    her.evaluate<number>(`marks.seen('.line-words', '接了')`),
    her.evaluate<number>('marks.heard()'),
    desk.evaluate<number>('marks.heard()'),
  ]);
  await her.getByLabel('跟音箱说的话').fill('我要找人');
  const asked = await her.evaluate<number>('marks.say()');
  const [rung, taken, told, heardAtHome, heardAtDesk] = (await times).map((at) => at - asked) as Five;
  return { rung, taken, told, heardAtHome, heardAtDesk };
}
type Five = [number, number, number, number, number];
