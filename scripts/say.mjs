// All messages of the launcher go to standard error: standard output belongs to the program that it runs.

export function say(message) {
  process.stderr.write(`${message}\n`);
}

/** A reason to stop that is told in a sentence, without a stack. */
export class Stop extends Error {}

/** Runs the main function of a script; a Stop is said, anything else shows where it came from. The exit code follows. */
export function run(main) {
  main().then(
    (code) => {
      process.exitCode = code ?? 0;
    },
    (error) => {
      say(error instanceof Stop ? error.message : (error.stack ?? String(error)));
      process.exitCode = 1;
    },
  );
}
