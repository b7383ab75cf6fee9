/**
 * The verifier's sentences, in the three languages. They live here and not in locales/ because the verifier is also
 * built as one file that depends on nothing else of ours.
 */
import type { Lang } from '../../core/index.ts';
import type { Finding, FindingCode } from './finding.ts';
import type { Handover } from './handover.ts';

type Sentences = Readonly<Record<FindingCode, string>>;

const EN: Sentences = {
  valid: 'valid',
  'quorum-missing': 'signed by the log, but the quorum of co-signatures is not there; missing: {silent}',
  'missing-file': 'the file {path} is missing',
  unreadable: 'a file cannot be read: {reason}',
  'not-a-checkpoint': 'this is not a checkpoint',
  'not-signed': 'no trusted key of the log {origin} has signed this',
  'bad-signature': 'the signature of {key} does not hold',
  'wrong-origin': 'the log {origin} is none of the trusted ones',
  'key-changed':
    'valid for the first {size} entries; there the log was handed over to another key. Ask those you trust whether it is the right one, and pin it: {pin}',
  'key-lost':
    'valid for the first {size} entries; the log was continued without the old key’s signature, with a key that only the log itself names. Ask those you trust before you pin it: {pin}',
  'key-out-of-time': 'the key {key} signed trees from {since} to {until} entries; it may not sign one of {size}',
  'bad-handover': 'handover {n} of the log’s key does not hold: {reason}',
  'handover-missing':
    'entry {index} says that the log’s key was changed, and the handover is not in the file “handovers”',
  stale: 'the newest co-signatures are {age} seconds old; at most {maxAge} were allowed',
  'no-time': 'nobody has co-signed, so the age cannot be known',
  'time-ahead': 'the co-signature of {witness} names a time that has not come yet',
  'bad-entry-hash': 'entry {index} in {path} is not the one that was logged',
  'bad-bundle': 'the file {path} is cut short or goes on after its last entry',
  'bad-tile': 'the hashes in {path} are not those of the entries',
  'root-mismatch': 'the {size} entries do not give the root that was signed',
  forked: 'this log does not extend the checkpoint of {seen} entries seen before: two histories were signed',
  'rolled-back': 'the log has {size} entries, but {seen} were signed before',
  'not-an-entry': 'entry {index} is not an entry of a Hudna record',
  'entry-too-large': 'entry {index} is larger than an entry may be',
  'counter-backwards': 'entry {index} repeats or goes back in its author’s own numbering',
  'id-twice': 'entry {index} uses an id for the second time',
  'unknown-prev': 'entry {index} follows an entry that does not stand before it',
  'bad-beacon': 'entry {index} names a checkpoint that never was',
  'back-dated': 'entry {index} claims {claimed}, earlier than entries before it',
  'dated-ahead': 'entry {index} claims {claimed}, later than the co-signatures on it',
  'bad-author-signature': 'entry {index} carries a signature of its author that does not hold',
  'unsigned-entry': 'entry {index} is not signed, though its author {author} signed before',
  'author-key-changed':
    'entry {index} is signed with another key than {author} had, and no change of keys stands between',
  'author-not-pinned': 'entry {index} of {author} is signed with a key that was not pinned: {key}',
  'not-a-proof': 'this is not a proof file',
  'not-included': 'entry {index} is not in the signed tree',
  'entry-missing': 'the proof does not say for which entry it is; give the entry with --entry',
  'not-a-bulletin': 'this is not a published document with its proof',
  draft: 'this is a draft: nothing of it is in the record',
  'proof-later': 'this was released, but the public log does not hold it yet: fetch it again after the full hour',
  'wrong-content': 'the content is not the one in the record',
  'not-a-receipt': 'this is not a receipt',
  'promise-only': 'promised, not yet proved: the entry has to be in the log by {by}',
  'promise-broken': 'the promise ended at {by} and no proof has replaced it: ask for it',
};

const AR: Sentences = {
  valid: 'صحيح',
  'quorum-missing': 'موقَّع من السجل، لكن نصاب التواقيع المشتركة غير مكتمل؛ الغائب: {silent}',
  'missing-file': 'الملف {path} مفقود',
  unreadable: 'تعذّرت قراءة ملف: {reason}',
  'not-a-checkpoint': 'هذه ليست نقطة تحقق',
  'not-signed': 'لم يوقّع أي مفتاح موثوق للسجل {origin} على هذا',
  'bad-signature': 'توقيع {key} غير صحيح',
  'wrong-origin': 'السجل {origin} ليس من السجلات الموثوقة',
  'key-changed':
    'صحيح لأول {size} من القيود، وعندها انتقل السجل إلى مفتاح آخر. اسألوا من تثقون بهم هل هو الصحيح ثم ثبّتوه: {pin}',
  'key-lost':
    'صحيح لأول {size} من القيود، ثم استمر السجل من غير توقيع المفتاح القديم، بمفتاح لا يذكره إلا السجل نفسه. اسألوا من تثقون بهم قبل أن تثبّتوه: {pin}',
  'key-out-of-time': 'المفتاح {key} وقّع أشجاراً من {since} إلى {until} قيداً، ولا يجوز أن يوقّع شجرة من {size}',
  'bad-handover': 'التسليم رقم {n} لمفتاح السجل غير صحيح: {reason}',
  'handover-missing': 'يقول القيد {index} إن مفتاح السجل تغيّر، ولا أثر للتسليم في الملف handovers',
  stale: 'أحدث التواقيع المشتركة مضى عليها {age} ثانية، والحد المسموح {maxAge}',
  'no-time': 'لا توقيع مشترك عليها، فلا يُعرف عمرها',
  'time-ahead': 'توقيع {witness} المشترك يحمل وقتاً لم يحن بعد',
  'bad-entry-hash': 'القيد {index} في {path} ليس القيد الذي سُجّل',
  'bad-bundle': 'الملف {path} مبتور أو فيه زيادة بعد آخر قيد',
  'bad-tile': 'البصمات في {path} ليست بصمات القيود',
  'root-mismatch': 'القيود الـ{size} لا تعطي الجذر الموقَّع',
  forked: 'هذا السجل لا يمتد من نقطة التحقق ذات {seen} قيداً التي شوهدت سابقاً: وُقّع تاريخان مختلفان',
  'rolled-back': 'في السجل {size} قيداً، وقد وُقّع من قبل على {seen}',
  'not-an-entry': 'القيد {index} ليس قيداً من سجل هدنة',
  'entry-too-large': 'القيد {index} أكبر من الحد المسموح',
  'counter-backwards': 'القيد {index} يكرر ترقيم صاحبه أو يرجع فيه',
  'id-twice': 'القيد {index} يستعمل معرّفاً للمرة الثانية',
  'unknown-prev': 'القيد {index} يتبع قيداً لا وجود له قبله',
  'bad-beacon': 'القيد {index} يذكر نقطة تحقق لم توجد',
  'back-dated': 'القيد {index} يدّعي الوقت {claimed} وهو أسبق من قيود قبله',
  'dated-ahead': 'القيد {index} يدّعي الوقت {claimed} وهو بعد التواقيع المشتركة عليه',
  'bad-author-signature': 'القيد {index} يحمل توقيعاً لصاحبه غير صحيح',
  'unsigned-entry': 'القيد {index} غير موقَّع مع أن صاحبه {author} وقّع من قبل',
  'author-key-changed': 'القيد {index} موقَّع بمفتاح غير الذي كان لـ{author}، ولا قيد بتغيير المفاتيح بينهما',
  'author-not-pinned': 'القيد {index} لصاحبه {author} موقَّع بمفتاح لم يُثبَّت: {key}',
  'not-a-proof': 'هذا ليس ملف إثبات',
  'not-included': 'القيد {index} ليس في الشجرة الموقّعة',
  'entry-missing': 'لا يذكر الإثبات لأي قيد هو؛ أعطِ القيد بالخيار --entry',
  'not-a-bulletin': 'هذه ليست وثيقة منشورة مع إثباتها',
  draft: 'هذه مسودة: لا شيء منها في السجل',
  'proof-later': 'صدر هذا، لكن السجل العلني لا يضمه بعد: أعيدوا تنزيله بعد رأس الساعة',
  'wrong-content': 'المحتوى ليس هو الموجود في السجل',
  'not-a-receipt': 'هذا ليس إيصالاً',
  'promise-only': 'وعدٌ لم يُثبت بعد: يجب أن يدخل القيد السجل قبل {by}',
  'promise-broken': 'انتهى أجل الوعد عند {by} ولم يحل محله إثبات: اطلبه',
};

const RU: Sentences = {
  valid: 'верно',
  'quorum-missing': 'подписано журналом, но кворума соподписей нет; отсутствуют: {silent}',
  'missing-file': 'нет файла {path}',
  unreadable: 'файл не читается: {reason}',
  'not-a-checkpoint': 'это не контрольная точка',
  'not-signed': 'ни один доверенный ключ журнала {origin} этого не подписал',
  'bad-signature': 'подпись {key} неверна',
  'wrong-origin': 'журнал {origin} не входит в число доверенных',
  'key-changed':
    'верно для первых {size} записей; на них журнал передан другому ключу. Спросите тех, кому доверяете, тот ли это ключ, и закрепите его: {pin}',
  'key-lost':
    'верно для первых {size} записей; дальше журнал продолжен без подписи прежнего ключа, ключом, который называет только сам журнал. Спросите тех, кому доверяете, прежде чем закрепить его: {pin}',
  'key-out-of-time':
    'ключ {key} подписывал деревья от {since} до {until} записей; дерево из {size} он подписать не может',
  'bad-handover': 'передача ключа журнала № {n} неверна: {reason}',
  'handover-missing': 'запись {index} говорит о смене ключа журнала, а передачи в файле handovers нет',
  stale: 'новейшим соподписям {age} с; допускалось не более {maxAge}',
  'no-time': 'соподписей нет, возраст узнать нельзя',
  'time-ahead': 'соподпись {witness} называет время, которое ещё не наступило',
  'bad-entry-hash': 'запись {index} в {path} не та, что была внесена',
  'bad-bundle': 'файл {path} обрезан или продолжается после последней записи',
  'bad-tile': 'хеши в {path} не соответствуют записям',
  'root-mismatch': 'записи ({size}) не дают подписанного корня',
  forked: 'журнал не продолжает виденную ранее контрольную точку ({seen} записей): подписаны две истории',
  'rolled-back': 'в журнале {size} записей, а ранее было подписано {seen}',
  'not-an-entry': 'запись {index} не является записью журнала «Худна»',
  'entry-too-large': 'запись {index} больше допустимого',
  'counter-backwards': 'запись {index} повторяет собственный счёт автора или идёт назад',
  'id-twice': 'запись {index} использует идентификатор второй раз',
  'unknown-prev': 'запись {index} продолжает запись, которой перед ней нет',
  'bad-beacon': 'запись {index} называет контрольную точку, которой не было',
  'back-dated': 'запись {index} указывает время {claimed} раньше предыдущих записей',
  'dated-ahead': 'запись {index} указывает время {claimed} позже соподписей на ней',
  'bad-author-signature': 'подпись автора на записи {index} неверна',
  'unsigned-entry': 'запись {index} не подписана, хотя её автор {author} подписывал раньше',
  'author-key-changed': 'запись {index} подписана не тем ключом, что был у {author}, и смены ключей между ними нет',
  'author-not-pinned': 'запись {index} автора {author} подписана незакреплённым ключом: {key}',
  'not-a-proof': 'это не файл доказательства',
  'not-included': 'записи {index} нет в подписанном дереве',
  'entry-missing': 'доказательство не говорит, для какой оно записи; укажите её ключом --entry',
  'not-a-bulletin': 'это не опубликованный документ с доказательством',
  draft: 'это черновик: в журнале его нет',
  'proof-later': 'это выпущено, но в открытом журнале его ещё нет: загрузите снова после начала часа',
  'wrong-content': 'содержание не то, что в журнале',
  'not-a-receipt': 'это не расписка',
  'promise-only': 'обещано, ещё не доказано: запись должна войти в журнал к {by}',
  'promise-broken': 'срок обещания истёк в {by}, доказательства нет: потребуйте его',
};

const BY_LANG: Readonly<Record<Lang, Sentences>> = { ar: AR, en: EN, ru: RU };

const HANDED_OVER: Readonly<Record<Lang, readonly [signed: string, unsigned: string]>> = {
  ar: [
    'انتقل السجل عند {size} قيداً من المفتاح {from} إلى {to}، ووقّعه الاثنان',
    'استمر السجل عند {size} قيداً من غير توقيع المفتاح القديم {from}، بالمفتاح {to}: {reason}',
  ],
  en: [
    'handed over at {size} entries from the key {from} to {to}, signed by both',
    'continued at {size} entries without the old key’s signature ({from}), with the key {to}: {reason}',
  ],
  ru: [
    'на {size} записях передан от ключа {from} ключу {to}, подписано обоими',
    'на {size} записях продолжен без подписи прежнего ключа ({from}), ключом {to}: {reason}',
  ],
};

/** A change of the log's key as one sentence. */
export function handoverSentence(handover: Handover, lang: Lang): string {
  const { from, to, checkpoint, reason, oldKeySigned } = handover;
  const words = { size: checkpoint.size, from: from.id, to: to.id, reason };
  const sentence = HANDED_OVER[lang][oldKeySigned ? 0 : 1];
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(words[name as keyof typeof words]));
}

/** A finding as one sentence. Instants given in seconds are written as UTC times. */
export function sentenceOf(finding: Finding, lang: Lang): string {
  return BY_LANG[lang][finding.code].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = finding.params[name];
    if (name === 'by' && typeof value === 'number') return new Date(value * 1_000).toISOString();
    return value === undefined ? '?' : String(value);
  });
}
