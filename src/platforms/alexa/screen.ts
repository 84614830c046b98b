/** Echo devices with a screen: what is said in very large letters, what may be chosen below it. */
import type { Directive } from 'ask-sdk-model';
import { cut } from '../envelope.ts';
import { at } from '../foreign.ts';
import type { Reply } from '../platform.ts';

const ON_SCREEN = 900;
const APL = 'Alexa.Presentation.APL';

/** Whether this device says that it shows documents. */
export const hasScreen = (body: unknown): boolean =>
  at(body, 'context', 'System', 'device', 'supportedInterfaces', APL) !== undefined;

/** The document's own way to name a value. */
const bound = (path: string): string => ['$', '{', path, '}'].join('');

/** Light on dark, and type of an eighth of the screen's height: read from across the room. */
const DOCUMENT = {
  type: 'APL',
  version: '1.6',
  theme: 'dark',
  mainTemplate: {
    parameters: ['payload'],
    items: [
      {
        type: 'ScrollView',
        width: '100vw',
        height: '100vh',
        items: [
          {
            type: 'Container',
            padding: '5vh',
            items: [
              { type: 'Text', text: bound('payload.said.text'), fontSize: '8vh', color: '#ffffff' },
              {
                type: 'Text',
                data: bound('payload.said.choices'),
                text: bound('data'),
                fontSize: '8vh',
                color: '#ffd54f',
                paddingTop: '3vh',
              },
            ],
          },
        ],
      },
    ],
  },
};

/** A directive beside the words, for devices of which `hasScreen` is true; longer answers are cut at 900 characters, as the ear has the rest. */
export function screenOf({ text, choices = [] }: Pick<Reply, 'text' | 'choices'>): Directive {
  const said = { text: cut(text, ON_SCREEN), choices: choices.map((choice) => `${choice.n}. ${choice.text}`) };
  return {
    type: 'Alexa.Presentation.APL.RenderDocument',
    token: 'said',
    document: DOCUMENT,
    datasources: { said },
  };
}
