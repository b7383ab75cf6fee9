/**
 * Hostile files at every door, made here as an attacker makes them. Each is refused with a plain reason or made harmless;
 * what is honest beside them still comes in.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter } from 'age-encryption';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listReports } from '../../src/sources/index.ts';
import { sheetXml, tarWithLink, workbook, zip } from '../support/hostile/archives.ts';
import { DEVICE, emptyPng, photograph, SVG_WITH_SCRIPT, textBombPng } from '../support/hostile/pictures.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { bearer, hashOf, send, sendFile, setUpIntake, submissionOf, type TestIntake } from '../support/intake.ts';

const MB = 1_000_000;

describe('attachments of a submission', () => {
  let at: TestHouse;
  let intake: TestIntake;
  let reader: Record<string, string>;

  beforeAll(async () => {
    at = await testHouse();
    intake = await setUpIntake(at.house);
    reader = await bearer(at.house, 'Cell A', 'analyst');
  });
  afterAll(async () => {
    await at.close();
  });

  /** Sends a submission with this one attachment; the answer to the attachment, and the receipt. */
  async function attach(bytes: Uint8Array) {
    const submission = submissionOf('شهادة', { attachments: [hashOf(bytes)] });
    const { receipt } = (await send(at.app, submission)).json();
    const answer = await sendFile(at.app, submission.id, bytes);
    return { answer, receipt: receipt as string, id: submission.id };
  }
  const view = async (receipt: string, sha256: string) =>
    at.app.inject({ url: `/api/intake/reports/${receipt}/attachments/${sha256}/view`, headers: reader });
  const originals = () => {
    const folder = join(at.house.dataDir, 'originals');
    return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  };

  it.each(['jpeg', 'png', 'webp'] as const)('draws a %s anew: nothing but its pixels is left of it', async (format) => {
    const bytes = await photograph(format);
    expect((await sharp(bytes).metadata()).exif?.includes(DEVICE)).toBe(true);
    const { answer, receipt } = await attach(bytes);
    expect(answer.statusCode).toBe(201);
    const copy = await view(receipt, hashOf(bytes));
    expect(copy.headers['content-type']).toBe('image/jpeg');
    const { exif, icc, iptc, xmp, comments, width, height } = await sharp(copy.rawPayload).metadata();
    expect({ exif, icc, iptc, xmp, comments, width, height }).toEqual({ width: 640, height: 480 });
    expect(segmentsOf(copy.rawPayload)).toEqual(new Set(['db', 'c0', 'c4', 'da']));
    expect(copy.rawPayload.includes(DEVICE)).toBe(false);
  });

  it('keeps the original apart, sealed to the custodians, under no name of its own and with no minute', async () => {
    const bytes = await photograph('jpeg', 320, 240);
    const { receipt } = await attach(bytes);
    const custodian = await bearer(at.house, 'Cell A', 'custodian');
    const opened = await at.app.inject({
      method: 'POST',
      url: `/api/custody/${receipt}/openings`,
      payload: { reason: 'held against the original', attachment: hashOf(bytes) },
      headers: custodian,
    });
    const decrypter = new Decrypter();
    decrypter.addIdentity(intake.custodian);
    expect(Buffer.from(await decrypter.decrypt(new Uint8Array(opened.rawPayload))).equals(bytes)).toBe(true);
    for (const path of originals()) {
      expect(readFileSync(path).includes(DEVICE)).toBe(false);
      expect(statSync(path).mtimeMs % 86_400_000).toBe(0);
    }
    expect(originals().length).toBeGreaterThan(0);
  });

  it('takes only what was announced, once, and only by the id that the sender drew', async () => {
    const bytes = await photograph('jpeg', 64, 64);
    const { id } = await attach(bytes);
    const before = originals().length;
    expect((await sendFile(at.app, id, bytes)).statusCode).toBe(200);
    expect((await sendFile(at.app, id, await photograph('png', 64, 64))).json().code).toBe('intake/not-announced');
    expect(
      (
        await sendFile(
          at.app,
          id.replace(/^./, (c) => (c === '0' ? '1' : '0')),
          bytes,
        )
      ).statusCode,
    ).toBe(404);
    expect(originals().length).toBe(before);
    const other = submissionOf('شهادة', { attachments: [hashOf(bytes)] });
    await send(at.app, other);
    const swapped = await sendFile(at.app, other.id, await photograph('jpeg', 65, 64), hashOf(bytes));
    expect(swapped.json().code).toBe('intake/other-bytes');
  });

  it('refuses by content, whatever it is called: markup, archives, tables, programs, nothing', async () => {
    const files: Record<string, Uint8Array> = {
      'svg with script': SVG_WITH_SCRIPT,
      html: Buffer.from('<!doctype html><script>alert(1)</script>'),
      xml: Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
      zip: zip([{ name: 'a.jpg', content: new Uint8Array(20 * MB) }]),
      'tar with a link': tarWithLink('photo.jpg', '/etc/passwd'),
      csv: Buffer.from('=HYPERLINK("http://example.org"),1\n'),
      elf: Buffer.from('\x7fELF\x02\x01\x01', 'latin1'),
      gif: Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'),
      empty: new Uint8Array(),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const { answer } = await attach(bytes);
      expect([name, answer.statusCode, answer.json().code]).toEqual([name, 415, 'intake/unknown-kind']);
    }
  });

  it('refuses pictures that are bombs, and broken ones, and goes on', async () => {
    const honest = await photograph('jpeg', 64, 64);
    const files: [string, Uint8Array, string][] = [
      ['a gigapixel PNG', emptyPng(40_000, 40_000), 'intake/too-many-pixels'],
      ['a PNG that promises more than it has', emptyPng(7_000, 7_000, 10), 'intake/unreadable-picture'],
      ['a JPEG that breaks off', honest.subarray(0, honest.length / 2), 'intake/unreadable-picture'],
      [
        'a JPEG that is a PNG inside',
        Buffer.concat([honest.subarray(0, 4), emptyPng(8, 8)]),
        'intake/unreadable-picture',
      ],
      [
        'an SVG behind a JPEG’s first bytes',
        Buffer.concat([honest.subarray(0, 3), SVG_WITH_SCRIPT]),
        'intake/unreadable-picture',
      ],
    ];
    for (const [name, bytes, code] of files) {
      const { answer } = await attach(bytes);
      expect([name, answer.json().code]).toEqual([name, code]);
    }
    expect((await attach(honest)).answer.statusCode).toBe(201);
  });

  it('leaves behind what hangs on a picture: a page, a zip, a text that unpacks to a bomb', async () => {
    const honest = await photograph('jpeg', 64, 64);
    const tails = [
      Buffer.from('<script>alert("zqtail")</script>'),
      zip([{ name: 'zqtail', content: Buffer.from('zqtail') }]),
    ];
    for (const tail of tails) {
      const bytes = Buffer.concat([honest, tail]);
      const { answer, receipt } = await attach(bytes);
      expect(answer.statusCode).toBe(201);
      expect((await view(receipt, hashOf(bytes))).rawPayload.includes('zqtail')).toBe(false);
    }
    const bomb = textBombPng(200 * MB);
    const { answer, receipt } = await attach(bomb);
    // The text is never unpacked, or the picture is refused: either way no copy holds it.
    if (answer.statusCode === 201) expect((await view(receipt, hashOf(bomb))).rawPayload.length).toBeLessThan(10_000);
    else expect(answer.json().code).toMatch(/^intake\/(unreadable-picture|too-hard)$/);
  }, 60_000);

  it('bounds size and count', async () => {
    const id = (await attach(await photograph('jpeg', 64, 64))).id;
    const large = await sendFile(at.app, id, new Uint8Array(25 * MB + 1), 'a'.repeat(64));
    expect(large.statusCode).toBe(413);
    const nine = Array.from({ length: 9 }, (_, i) => i.toString(16).padStart(64, '0'));
    expect((await send(at.app, submissionOf('شهادة', { attachments: nine }))).statusCode).toBe(422);
  });

  it('is shown to the collecting organisation only', async () => {
    const bytes = await photograph('jpeg', 64, 64);
    const { receipt } = await attach(bytes);
    for (const [headers, status] of [
      [{}, 401],
      [await bearer(at.house, 'Cell B', 'analyst'), 404],
      [await bearer(at.house, 'Cell A', 'liaison'), 403],
    ] as const) {
      for (const path of ['', `/${hashOf(bytes)}/view`]) {
        const answer = await at.app.inject({ url: `/api/intake/reports/${receipt}/attachments${path}`, headers });
        expect(answer.statusCode).toBe(status);
      }
    }
  });
});

/** Marker bytes of the segments of a JPEG, up to its picture data. */
function segmentsOf(jpeg: Uint8Array): Set<string> {
  const found = new Set<string>();
  for (let i = 2; i < jpeg.length && jpeg[i] === 0xff; ) {
    const marker = (jpeg[i + 1] ?? 0).toString(16);
    found.add(marker);
    if (marker === 'da') break;
    i += 2 + ((jpeg[i + 2] ?? 0) << 8) + (jpeg[i + 3] ?? 0);
  }
  return found;
}

describe('files of reports', () => {
  let at: TestHouse;
  const folder = mkdtempSync(join(tmpdir(), 'hudna-hostile-'));

  beforeAll(async () => {
    at = await testHouse();
  });
  afterAll(async () => {
    await at.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const take = (bytes: Uint8Array, fileName: string) =>
    at.importText('', { bytes: Buffer.from(bytes).toString('base64'), fileName });
  const textsHeld = async () =>
    (await listReports(at.house.db, at.house.instrument.id, 0, 500, new Date())).reports.map(({ text }) => text);

  it('refuses a workbook that unpacks to a bomb, whether its directory says so or lies', async () => {
    const bomb = sheetXml([['text'], ['x'.repeat(400 * MB)]]);
    await expect(take(workbook(bomb), 'a.xlsx')).rejects.toMatchObject({ kind: { code: 'sources/bad-file' } });
    const lying = workbook(sheetXml([['text'], ['y'.repeat(350 * MB)]]), [], 1_000);
    await expect(take(lying, 'a.xlsx')).rejects.toMatchObject({ kind: { code: 'sources/bad-file' } });
    expect(await textsHeld()).toEqual([]);
  }, 60_000);

  it('reads no outside entity of a workbook, and grows none', async () => {
    writeFileSync(join(folder, 'secret'), 'zqxxesecret');
    const outside = `<!DOCTYPE a [<!ENTITY x SYSTEM "file://${join(folder, 'secret')}">]>`;
    await take(
      workbook(
        sheetXml(
          [
            ['text', 'source'],
            ['before &x; after', 's'],
          ],
          outside,
        ),
      ),
      'a.xlsx',
    ).catch(() => undefined);
    const lol = `<!DOCTYPE a [<!ENTITY a "zqlol">${Array.from(
      { length: 9 },
      (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`,
    ).join('')}]>`;
    await take(
      workbook(
        sheetXml(
          [
            ['text', 'source'],
            ['zqbegin&j;', 's'],
          ],
          lol,
        ),
      ),
      'b.xlsx',
    ).catch(() => undefined);
    // What is written without entities comes in: the workbooks are readable ones.
    expect(
      (
        await take(
          workbook(
            sheetXml([
              ['text', 'source'],
              ['zqplain', 's'],
            ]),
          ),
          'c.xlsx',
        )
      ).accepted,
    ).toBe(1);
    expect(await textsHeld()).toContain('zqplain');
    for (const words of await textsHeld()) {
      expect(words).not.toContain('zqxxesecret');
      expect(words.length).toBeLessThan(1_000);
    }
  });

  it('takes formulas as text, and makes them harmless on the way out', async () => {
    const formulas = ['=HYPERLINK("http://example.org")', '+1+1', '-1+1', '@SUM(A1)'];
    const csv = [
      'text,source,place,published,visibility',
      ...formulas.map((f) => `قصف على حلب,"${f.replaceAll('"', '""')}","${f.replaceAll('"', '""')}",2016-05-01,public`),
    ];
    expect((await take(Buffer.from(csv.join('\n')), 'a.csv')).accepted).toBe(formulas.length);
    const feed = (await at.app.inject('/feeds/incidents.csv')).body;
    expect(feed.split('\r\n').length).toBeGreaterThan(1);
    expect(feed.split(/[\r\n,]+/).filter((cell) => /^"?[=+@\t]/.test(cell) || /^"?-\D/.test(cell))).toEqual([]);
  });

  it('knows no tar, and follows no link inside one', async () => {
    writeFileSync(join(folder, 'target'), 'zqlinked');
    const tar = tarWithLink('reports.jsonl', join(folder, 'target'));
    const answer = await take(tar, 'reports.tar').catch((error) => error);
    expect(answer.accepted ?? 0).toBe(0);
    for (const words of await textsHeld()) expect(words).not.toContain('zqlinked');
  });
});
