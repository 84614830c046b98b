// One of many that reach for a directory in the same instant: node contender.mjs <directory> <instant>. Holds it until its input ends.
import { take } from '../../scripts/lock.mjs';

const [directory, instant] = process.argv.slice(2);
while (Date.now() < Number(instant));
const { lock } = await take(directory, { command: 'contender' });
console.log(lock ? 'mine' : 'refused');
process.stdin.resume().on('end', () => process.exit());
