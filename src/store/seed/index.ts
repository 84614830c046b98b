/** What the server and the tools need of the seeds. */
export { seedCommunity } from './community.ts';
export { type Demo, writeDemo } from './demo.ts';
export { type LoadDevice, seedLoad } from './load.ts';
