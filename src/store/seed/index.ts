/** What the server and the tools need of the seeds. */
export { type SeedParts, SLOT_DAYS, seedCommunity } from './community.ts';
export { type Demo, type DemoSpeaker, writeDemo } from './demo.ts';
export { type LoadDevice, type LoadParts, seedLoad } from './load.ts';
