/** The words of the clerk's desk and of the board, in the language that this browser reads; only that one is loaded. */
import { language } from './language.ts';

export const t = language === 'en' ? (await import('./clerk.en.ts')).en : (await import('./clerk.zh.ts')).zh;
