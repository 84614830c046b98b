/** npm run lint:phrases [-- --quiet]: every spoken phrase against the manner of locales/_lint.yaml. Exit 1 on a fault. */
import { lintPhrases } from '../speech/lint/index.ts';

const quiet = process.argv.includes('--quiet');
const findings = lintPhrases();
const faults = findings.filter(({ level }) => level === 'fault');
for (const { level, where, phrase, message } of quiet ? faults : findings) {
  console.log(`${level === 'fault' ? 'FAULT ' : 'remark'} ${where} ${phrase}: ${message}`);
}
console.log(`${faults.length} faults, ${findings.length - faults.length} remarks`);
process.exitCode = faults.length > 0 ? 1 : 0;
