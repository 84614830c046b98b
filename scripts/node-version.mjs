// Imported first: ends a start on a Node that is too old in one sentence, before anything newer is used.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old: 20.19 or newer is needed (the current LTS is best).`);
  process.exit(1);
}
