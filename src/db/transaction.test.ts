/** Transactions: all or nothing, one after the other, and never the database from inside one. */
import { expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../test/support/database.ts';

describeOnEachDatabase('transactions', (db) => {
  it('keep everything or nothing', async () => {
    await db().run('create table kept (x int primary key)');
    await db().inTransaction(async (tx) => {
      await tx.run('insert into kept values (1)');
    });
    const failing = db().inTransaction(async (tx) => {
      await tx.run('insert into kept values (2)');
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db().rows('select x from kept')).toEqual([{ x: 1 }]);
    expect(await db().run('update kept set x = 3')).toBe(1);
  });

  it('give back the code of a database error and stay usable', async () => {
    const failing = db().inTransaction(async (tx) => {
      await tx.run('insert into kept values (3)');
    });
    await expect(failing).rejects.toMatchObject({ code: '23505', constraint: 'kept_pkey' });
    expect(await db().rows('select 1 one')).toEqual([{ one: 1 }]);
  });

  it('refuse the database itself inside a transaction instead of hanging', async () => {
    await expect(db().inTransaction(() => db().rows('select 1'))).rejects.toThrow(/pass the transaction/);
    await expect(db().inTransaction(() => db().inTransaction(async () => 1))).rejects.toThrow(/pass the transaction/);
    expect(await db().rows('select 1 one')).toEqual([{ one: 1 }]);
  });

  it('run side by side without mixing', async () => {
    await db().run('create table counter (n int not null)');
    await db().run('insert into counter values (0)');
    const addOne = () =>
      db().inTransaction(async (tx) => {
        const [row] = await tx.rows<{ n: number }>('select n from counter for update');
        await tx.run('update counter set n = $1', [(row?.n ?? 0) + 1]);
      });
    await Promise.all(Array.from({ length: 20 }, addOne));
    expect(await db().rows('select n from counter')).toEqual([{ n: 20 }]);
  });

  it('hold a named lock once', async () => {
    const release = await db().holdLock('only one');
    expect(release).toBeDefined();
    expect(await db().holdLock('only one')).toBeUndefined();
    await release?.();
    const again = await db().holdLock('only one');
    expect(again).toBeDefined();
    await again?.();
  });
});
