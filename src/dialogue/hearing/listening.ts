/** What was said, before the dialogue decides: the meaning, a second wish in the same breath, and manners that are no intent. */
import type { Meaning } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import { callsOffWhatStands, inTheLight, ofWhatGoesOn, ofWhatIsHeard } from './aftermath.ts';
import type { Aside } from './asides.ts';
import { asksAtCall } from './asks-at-call.ts';
import { besideARemark } from './beside-a-remark.ts';
import { bringsInstead } from './brings-instead.ts';
import { disowned } from './disowned.ts';
import { withElement } from './element-named.ts';
import { grievesAtQuestion, sorrow, staysWithHer } from './grief.ts';
import { heardIn } from './heard.ts';
import { answerAndMore, rightNotYet } from './in-one-breath.ts';
import { askedBehindLife, isMistaken, lifeBeside, lifeIn } from './life-in.ts';
import type { Manner } from './manner.ts';
import { ofApplying, resumesDraft } from './of-applying.ts';
import { ofBenefits } from './of-benefits.ts';
import { twoRoads } from './of-both.ts';
import { ofCalling } from './of-calling.ts';
import { asksOfAnother, ofCase, readyToFetch } from './of-case.ts';
import { ofChange } from './of-change.ts';
import { ofCollecting } from './of-collecting.ts';
import { ofComplaining } from './of-complaining.ts';
import { AFTER_DEATH, ofDeath, THEY_COME } from './of-death.ts';
import { ofFraud } from './of-fraud.ts';
import { ofGuide, ofItsMatter } from './of-guide.ts';
import { ofMore } from './of-more.ts';
import { ofNeed } from './of-need.ts';
import { asksForLocker, ofPlace, opensOn } from './of-place.ts';
import { ofItsLike, ofItsNickname, ofPolicy, ofTheOther, ofWhatSheWishes, unguessed } from './of-policy.ts';
import { besideTheMark, doubtedRating, otherMark, ratingAmid, withService } from './of-rating.ts';
import { refusesDays, wishedDay } from './of-times.ts';
import { goesOnAlone, ofPraise, ofToldLast } from './of-told-last.ts';
import { ofVisiting } from './of-visiting.ts';
import { ofWhatStands } from './of-what-stands.ts';
import { coupleMeant } from './of-whose.ts';
import { owedCall } from './owed-call.ts';
import { closed } from './own-answer.ts';
import { inHerWords, withoutOrders } from './own-words.ts';
import { withPiece } from './pieces.ts';
import { piecesOf } from './plain-words.ts';
import { asksSomething } from './question.ts';
import { inOtherHalf } from './reasons.ts';
import { asMeant, remarkIn, withRemark } from './remarks.ts';
import { byTheMeal, saidPlainly, tickedAnew } from './said-plainly.ts';
import { afterName, twoWishes } from './second-wish.ts';
import { sentHome } from './sent-home.ts';
import { CLOSED, type Ears, IN_ITS_WORDS, INSTEAD, type Listened, meant, type Sentence } from './sentence.ts';
import type { Said } from './standing-said.ts';
import type { StandingWords } from './standing-words.ts';
import { keepsApplication, withdraws, withoutFalseEnd } from './taken-back.ts';
import { inThatWeek } from './that-week.ts';
import { turnedAway } from './turned-away.ts';
import { askedAndMore, hasAndAsks, ticksAndAsks, twoAsides } from './two-questions.ts';
import { whoAndWhat } from './who-and-what.ts';
import { withWholeName } from './who-goes.ts';

/** Reads one sentence with all that lies in it. Pure but for `read`. */
export function listen(ears: Ears, sentence: Sentence): Listened {
  const anew = { ...sentence, text: tickedAnew(ears.standing, sentence) };
  const read = withoutFalseEnd(ears, sentence.read);
  const whole = { ...anew, read, text: byTheMeal(ears.standing, anew) };
  const alone = (text: string) => heardWhole(ears, { ...whole, text });
  const heard =
    ears.openings.find(whole, ears) ??
    owedCall(ears, whole) ??
    sentHome(ears, whole) ??
    bringsInstead(ears, whole) ??
    keepsApplication(ears, whole) ??
    withdraws(ears, whole) ??
    rightNotYet(ears, whole, alone) ??
    turnedAway(ears.manner, whole, alone) ??
    whoAndWhat(whole, (sentence) => heardWhole(ears, sentence)) ??
    asksAtCall(ears, whole, alone) ??
    hasAndAsks(ears, whole) ??
    ticksAndAsks(ears, whole) ??
    askedAndMore(ears, whole, alone) ??
    twoAsides(whole, alone) ??
    answerAndMore(ears, whole, alone) ??
    withoutRemark(ears, whole, alone);
  const clause = piecesOf(whole.text).find((one) => SAYS_WHO.test(one));
  const answer = heard.behindName ? piecesOf(whole.text)[0] : whole.text;
  const spoken = clause ?? (whole.talk.asked?.for === 'resident' ? answer : undefined);
  const speaker = spoken ? ears.manner.speaker(spoken) : undefined;
  const denied = whole.talk.asked?.for === 'resident' ? ears.manner.denied(whole.text) : undefined;
  const wished = whole.talk.frames.length > 0 && speaker === undefined ? afterName(whole)?.behindName : undefined;
  const another = asksOfAnother(ears.asking, heard.meaning, whole.text);
  const told = whole.talk.asked?.words || heard.meaning.intent === 'complaint';
  return {
    ...heard,
    meaning: ofWhatGoesOn(heard.meaning, whole.talk),
    ...(told && !heard.meaning.slots.element ? { text: withoutOrders(ears.asking, heard.text) } : {}),
    ...(speaker ? { speaker } : {}),
    ...(denied ? { denied } : {}),
    ...(wished ? { behindName: wished } : {}),
    ...(another ? { ofAnother: true } : {}),
    ...(ears.manner.says('askedOther', whole.text) ? { askedOther: true } : {}),
    ...(asksSomething(ears.manner, whole.text) ? { question: true } : {}),
  };
}
function withoutRemark(ears: Ears, whole: Sentence, alone: (text: string) => Listened): Listened {
  const heard = heardWhole(ears, whole);
  return besideARemark(ears, whole, heard, alone) ?? heard;
}
const SAYS_WHO = /^(?:[我这]就?[是姓叫]|i am |i'm |this is )/iu;

function heardWhole(ears: Ears, whole: Sentence): Listened {
  const { manner, standing, asides, asking } = ears;
  const sentence = saidPlainly(ears, whole);
  const { text, talk } = sentence;
  const asked = talk.asked;
  const dated = inOtherHalf(
    standing,
    withWholeName(standing, heardIn(manner, sentence), sentence.text),
    whole.text,
    whole.read,
  );
  const wished = wishedDay(standing, inThatWeek(standing, dated, text, talk), sentence);
  const read = ofItsMatter(asking, wished, text, talk);
  const beside = besideTheMark(asking, read, sentence);
  if (beside) return beside;
  const marked = otherMark(asking, read, sentence);
  const asIs = doubtedRating(manner, asking, ofMore(asking, marked, text, talk), text, talk);
  const named = ofWhatSheWishes(asking, asIs, sentence);
  const heard = ofDeath(asking, ofNeed(asking, ofFraud(asking, named, text, talk), text, talk), sentence);
  if (heard.why === THEY_COME) return { meaning: heard, text };
  if (heard.why === AFTER_DEATH) return { meaning: heard, text, ...lifeBeside(manner, text, heard, talk) };
  const wish = wishedInstead(ears, sentence);
  if (wish) return { meaning: wish, text, instead: true };
  if (needsNoCall(ears, sentence)) return { meaning: meant(heard, 'no', {}, '_asking.yaml#asIs.needsNoCall'), text };
  const amid = asked?.words && ratingAmid(standing, heard, sentence);
  if (amid) return { meaning: amid, text, instead: true };
  if (asked?.words) {
    const alone = (part: string) => heardWhole(ears, { ...whole, text: part });
    return inHerWords(ears, steering(ears, heard, sentence), sentence, alone);
  }
  const alone = goesOnAlone(asking, heard, text, talk);
  if (alone) return { meaning: alone, text };
  // 「他走了」 of the man at the door is no death.
  const over = talk.alarm !== undefined && (manner.says('isSafe', text) || manner.again('cared', text));
  const mistaken = isMistaken(manner, text, talk);
  const life = over || mistaken ? undefined : lifeIn(manner, text, heard, talk);
  const changed = over ? undefined : ofChange(asking, heard, sentence, life);
  if (changed) return changed;
  const mood = staysWithHer(manner, heard, text, talk);
  const back = takesBackInstead(standing, sentence);
  if (back) return { meaning: back, text, instead: true };
  const disownedNow = disowned(manner, heard, text, talk);
  if (disownedNow) return { meaning: disownedNow, text };
  const aside = asides.find(text, heard, talk);
  // Where somebody or something is to come to her, she tells by it where she is now.
  const address = aside && life?.state === 'moved';
  if (life && asked?.for !== 'pin' && !address)
    return { meaning: mood ?? heard, text, life, ...askedBehindLife(manner, sentence) };
  if (mood) return { meaning: mood, text };
  if (aside) return asideTold(aside, heard, text);
  if (CLOSED.has(asked?.for ?? '')) return closed(manner, standing, heard, { ...sentence, isKin: manner.isKin });
  const opening = opensOn(asking, heard, whole) ?? asksForLocker(asking, heard, whole);
  if (opening) return { meaning: opening, text };
  if (heard.why === INSTEAD) return { meaning: heard, text, instead: true };
  const asHeard = ofCollecting(standing, ofVisiting(standing, heard, text, talk), text, talk);
  if (asHeard.why === INSTEAD) return { meaning: asHeard, text, instead: true };
  return byItsWords(ears, asHeard, sentence);
}

/** 「刚交的那个，我想想还是撤回来吧」 to the offer to go on with another: that is taken back, after one question. */
function takesBackInstead(standing: StandingWords, { text, talk, read }: Sentence): Meaning | undefined {
  const justNow = talk.last.some(({ phrase }) => phrase === 'apply.submitted');
  const beside = (justNow || talk.asked?.phrase === 'apply.partner') && standing.applies('takesBack', text);
  if (talk.asked?.offer !== 'resume' && !beside) return undefined;
  const wish = [text, ...piecesOf(text)].map((part) => read(part));
  const back = wish.find(({ intent, decision }) => intent === 'apply.withdraw' && decision !== 'ask');
  return back && { ...back, decision: 'accept' };
}

/** What steers her words is known in her dialect, too; the words themselves stay hers. */
function steering({ manner, asking }: Ears, heard: Meaning, sentence: Sentence): Meaning {
  const text = manner.inPlainWords(sentence.text);
  const meaning = text === sentence.text ? heard : heardIn(manner, { ...sentence, text });
  return ofComplaining(asking, meaning, text, sentence.talk);
}

/** The first that bends the sentence has the last word on it. */
function firstBent(meaning: Meaning, readers: ((meaning: Meaning) => Meaning)[]): Meaning {
  for (const reader of readers) {
    const bent = reader(meaning);
    if (bent !== meaning) return bent;
  }
  return meaning;
}

/** By words that no intent has: of her case, a call or a booking that stands; then of what is being told; then of how she says it. */
function byItsWords(ears: Ears, heard: Meaning, sentence: Sentence): Listened {
  const { manner, standing, asking } = ears;
  const { text, talk } = sentence;
  // In despair she wants nobody called: that takes back no call that was promised.
  if (talk.alarm === 'self_harm' && manner.says('noPerson', text))
    return withRemark(heard, text, remarkIn(manner, heard, text, talk));
  const mine = ofBenefits(asking, heard, text, talk);
  if (mine.slots.element === 'mine') return { meaning: mine, text };
  if (grievesAtQuestion(manner, heard, text, talk)) return { meaning: sorrow(heard), text };
  const said = { ...sentence, isKin: manner.isKin, asks: asksSomething(manner, text) };
  const off = callsOffWhatStands(manner, inTheLight(manner, heard, text, talk), text, talk);
  const stands = firstBent(off, [
    (it) => fetching(ears, it, said),
    (it) => resumesDraft(standing, it, text, talk),
    (it) => ofCase(asking, ofBenefits(asking, ofComplaining(asking, it, text, talk), text, talk), text, talk),
    (it) => ofCalling(standing, it, sentence),
    (it) => refusesDays(standing, it, said) ?? it,
    (it) => ofApplying(standing, ofWhatStands(standing, it, said), text, talk),
  ]);
  if (stands.why === INSTEAD) return { meaning: stands, text, instead: true };
  const ofTold = [
    (it: Meaning) => ofPlace(asking, manner, it, sentence),
    (it: Meaning) => ofItsNickname(asking, it, sentence),
    (it: Meaning) => ofTheOther(asking, it, sentence),
    (it: Meaning) => ofItsLike(asking, it, sentence),
    (it: Meaning) => ofPolicy(asking, manner, unguessed(it, sentence), text, talk),
    (it: Meaning) => ofGuide(asking, manner, it, text, talk),
    (it: Meaning) => (it.why === IN_ITS_WORDS ? it : withPiece(manner, it, text, talk)),
    (it: Meaning) => ofToldLast(asking, it, text, talk),
    (it: Meaning) => withService(asking, ofPraise(asking, it, text), text),
  ];
  const told = stands === off ? firstBent(off, ofTold) : stands;
  const meaning = told === off ? asMeant(manner, ofWhatIsHeard(off, talk), text) : told;
  const remark = remarkIn(manner, meaning, text, talk);
  if (remark || meaning.intent === 'emergency' || told !== stands) return withRemark(meaning, text, remark);
  return twoRoads(standing, meaning, sentence) ?? beyondIntent(manner, meaning, sentence);
}

/** What is ready is fetched: hers, or the other's at home along with it. */
function fetching({ standing, asking }: Ears, meaning: Meaning, said: Sentence & Said): Meaning {
  const fetches = readyToFetch(asking, meaning, said);
  return fetches === meaning ? meaning : (coupleMeant(standing, fetches, said) ?? fetches);
}

/** 「不用打电话，我买菜路过自个儿去拿」 to the offer of a call about what is being explained. */
const needsNoCall = ({ manner, asking }: Ears, { text, talk: { asked, frames } }: Sentence): boolean =>
  asked?.offer === 'callback' &&
  frames.at(-1)?.machine === 'guide' &&
  !piecesOf(text).some((one) => asking.says('asIs', 'doesIt', one)) &&
  piecesOf(text).some((one) => asking.says('asIs', 'needsNoCall', one)) &&
  piecesOf(text).every((one) => asking.says('asIs', 'needsNoCall', one) || !asksSomething(manner, one));

/** 「不用打电话，你给我申请一个乘车卡吧」 to that offer: it is applied for. */
function wishedInstead({ asking }: Ears, { text, talk: { asked, frames }, read }: Sentence): Meaning | undefined {
  if (asked?.offer !== 'callback' || frames.at(-1)?.machine !== 'guide') return undefined;
  const pieces = piecesOf(text);
  if (!pieces.some((one) => asking.says('asIs', 'needsNoCall', one))) return undefined;
  const wish = pieces.map((one) => read(one)).find(({ intent }) => intent === 'apply.start');
  return wish?.slots.item && wish.decision !== 'ask' ? { ...wish, decision: 'accept' } : undefined;
}

const asideTold = (aside: Aside, meaning: Meaning, text: string): Listened =>
  'told' in aside
    ? { meaning, text, aside: aside.told }
    : { meaning: { ...meaning, ...aside.means, decision: 'accept', confidence: 1, why: '_asides.yaml' }, text };

/** Found in the whole of the sentence: halves of it say less. */
const ONE_WISH =
  /^(?:_standing\.yaml#(?:callback|visit|calling)\.(?:move|cancel|who|when|number|tail)|_standing\.yaml#(?:namedAnew|bareName)|_standing\.yaml#applying\.(?:otherPhone|wrongPhone)|_standing\.yaml#booking\.(?:sendsHome|proxy|couple|dayAsked|herself|ends|handsIn|handsInFor)|_asking\.yaml#(?:benefits|grievance\.person|asIs\.owns)\b)/;
/** The same once more, or slower: perhaps only the number. */
const SAYS_AGAIN = new Set<string>(['repeat', 'slower']);
/** What lies in it that no intent says: enough, a life changed, a second wish, a part, an element. */
function beyondIntent(manner: Manner, meaning: Meaning, sentence: Sentence): Listened {
  const { text, talk } = sentence;
  if (leavesIt(manner, meaning, sentence)) return { meaning, text, enough: true };
  if (mayEnd(talk) && manner.isEnough(text)) return { meaning, text, enough: true };
  const wantsTheCall = talk.asked?.offer === 'callback' && meaning.why === IN_ITS_WORDS;
  const one = talk.later || wantsTheCall || meaning.slots.doubt || ONE_WISH.test(meaning.why);
  const two = one ? undefined : (afterName(sentence) ?? twoWishes(manner, meaning, sentence));
  if (two) return two;
  const hard = (meaning.intent === 'repeat' || meaning.decision === 'ask') && manner.says('simpler', text);
  if (hard) return { meaning: { ...meaning, intent: 'repeat', decision: 'accept' }, text, simpler: true };
  if (SAYS_AGAIN.has(meaning.intent)) return { meaning, text, part: manner.part(text) };
  return { meaning: withElement(manner, text, meaning, talk), text };
}

/** 「行了，就这样吧」 to 「给您留着」: that is no yes to the question that she put off. */
const leavesIt = (manner: Manner, { intent }: Meaning, { text, talk }: Sentence): boolean =>
  intent === 'yes' &&
  talk.conversation.context.leftOff === true &&
  talk.asked?.offer !== 'resume' &&
  piecesOf(text).every((one) => !manner.again('goes', one));

/** Nothing hangs on the answer: to have enough of it is an answer too. */
function mayEnd({ asked }: Talk): boolean {
  return !asked || asked.for === 'nothing' || asked.for === 'choice' || asked.offer === 'more';
}
