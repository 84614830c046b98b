/** The words of operator, in the language that this browser reads; only that one is loaded. */
import { language } from './language.ts';

export const t = language === 'en' ? (await import('./operator.en.ts')).en : (await import('./operator.zh.ts')).zh;
