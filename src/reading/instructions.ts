/**
 * Finds text that speaks to a machine reader instead of telling what happened ("ignore the previous instructions").
 * A person's order in the news ("the ministry told fighters to follow its instructions") must stay.
 */
import { normalise } from './normalise.ts';

/** Cheap words of which at least one stands in every instruction; checked once per text. */
const HINTS = [
  'instruction',
  'prompt',
  'language model',
  'system:',
  'assistant:',
  'user:',
  'json',
  'as an ai',
  ' ai ',
  'chatgpt',
  '[inst',
  '<|',
  'تعليمات',
  'توجيهات',
  'اوامر',
  'نموذج',
  'القاري الالي',
  'الذكاء الاصطناعي',
  'инструкци',
  'указани',
  'промпт',
  'языковая модель',
  'команды',
  'нейросет',
].map((hint) => normalise(hint));

const VERBS = new Set(
  'ignore|disregard|forget|override|bypass|discard|تجاهل|تجاهلوا|انس|تجاوز|اهمل|игнорируй|игнорируйте|проигнорируй|проигнорируйте|забудь|забудьте|отбрось|отбросьте'.split(
    '|',
  ),
);
const OBJECTS =
  'instruction|instructions|prompt|prompts|directions|guidelines|rules|commands|التعليمات|تعليماتك|التوجيهات|توجيهاتك|الاوامر|اوامرك|القواعد|инструкции|инструкций|инструкцию|указания|промпт|команды|правила'.split(
    '|',
  );
const QUALIFIERS = new Set(
  'previous|prior|above|earlier|preceding|all|your|any|system|السابقه|اعلاه|كل|جميع|تعليماتك|توجيهاتك|اوامرك|предыдущие|все|прежние|прошлые|предыдущих|вышеуказанные|свои|системный'.split(
    '|',
  ),
);
/** Phrases that only an instruction contains. */
const PHRASES = [
  'you are an ai',
  'you are a language model',
  'you are a helpful assistant',
  'as an ai language model',
  'to the language model',
  'note to ai',
  'system prompt',
  '<|im_start|>',
  '<|system|>',
  '[inst]',
  'respond only with',
  'respond with json',
  'output the following json',
  'return the following json',
  'return only json',
  'output only json',
  'انت نموذج لغوي',
  'انت نموذج ذكاء',
  'ايها النموذج',
  'الي نموذج الذكاء',
  'ايها القاري الالي',
  'ты языковая модель',
  'ты — языковая модель',
  'ты - языковая модель',
  'системный промпт',
  'ответь только json',
  'выведи json',
].map((phrase) => normalise(phrase));
const WINDOW = 7;

/** Whether a text is worth a closer look. One linear pass per hint. */
export function mayInstruct(view: string): boolean {
  const folded = normalise(view);
  return HINTS.some((hint) => folded.includes(hint));
}

/** Where the instruction in the line from `start` to `end` begins (start of its sentence), if there is one. */
export function findInstruction(view: string, start: number, end: number): number | undefined {
  for (let from = start; from < end; ) {
    const to = endOfSentence(view, from, end);
    if (isInstruction(normalise(view, from, to))) return from;
    from = to;
  }
  return undefined;
}

function endOfSentence(view: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const char = view.charAt(i);
    if (char === '.' || char === '!' || char === '?' || char === '؟' || char === '؛') return i + 1;
  }
  return end;
}

function isInstruction(sentence: string): boolean {
  if (PHRASES.some((phrase) => sentence.includes(phrase))) return true;
  const role = sentence.trimStart();
  if (role.startsWith('system:') || role.startsWith('assistant:')) return true;
  const words = sentence.split(/[^\p{L}\p{N}]+/u);
  for (let i = 0; i < words.length; i++) {
    if (!VERBS.has(words[i] ?? '')) continue;
    const near = words.slice(i + 1, i + 1 + WINDOW);
    if (near.some((word) => OBJECTS.includes(word)) && near.some((word) => QUALIFIERS.has(word))) return true;
  }
  return false;
}
