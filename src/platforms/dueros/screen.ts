/** Speakers with a screen: what is said in the platform's largest text template, what may be chosen as a list to tap. */
import { cut } from '../envelope.ts';
import { at } from '../foreign.ts';
import type { Choice, Reply } from '../platform.ts';

/** Bytes of text on one screen: beyond it the type would shrink or run off. */
const ON_SCREEN = 900;
const TITLE_BYTES = 120;
const CHOSEN = 'choice:';

/** Whether this speaker says that it can show templates; its value may be `{}` or `[]`. */
export const hasScreen = (body: unknown): boolean =>
  at(body, 'context', 'System', 'device', 'supportedInterfaces', 'Display') !== undefined;

/** A template for the screen, and the choices once more as hints of what may be said. */
export function screenOf({ text, choices }: Pick<Reply, 'text' | 'choices'>): object[] {
  if (!text) return [];
  const template = choices?.length ? list(text, choices) : page(text);
  const hints = (choices ?? []).map((choice) => plain(choice.text));
  return [{ type: 'Display.RenderTemplate', template }, ...(hints.length > 0 ? [{ type: 'Hint', hints }] : [])];
}

/** The choice that was tapped: the token of its line. */
export const tapped = (token: string | undefined): string | undefined =>
  new RegExp(`^${CHOSEN}([1-9])$`).exec(token ?? '')?.[1];

const plain = (text: string) => ({ type: 'PlainText', text });

const page = (text: string) => ({
  type: 'BodyTemplate1',
  token: 'said',
  textContent: { position: 'CENTER', text: plain(cut(text, ON_SCREEN)) },
});

const list = (text: string, choices: Choice[]) => ({
  type: 'ListTemplate2',
  token: 'choices',
  title: cut(text, TITLE_BYTES),
  listItems: choices.map((choice) => ({
    token: `${CHOSEN}${choice.n}`,
    textContent: { primaryText: plain(`${choice.n}. ${choice.text}`) },
  })),
});
