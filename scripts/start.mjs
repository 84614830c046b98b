// npm start: on a bare machine, everything from nothing; the second time, seconds.
import './node-version.mjs';
import { run } from './say.mjs';
import { serve } from './service.mjs';

run(() => serve('npm start'));
