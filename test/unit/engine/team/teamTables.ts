import type { OwnServer } from '../../../../src/dev/postgres';

/** All that an index holds, without what tells only when it came: numbers of rows and of changes. */
export function tableOf(server: OwnServer, database: string): Promise<string> {
  return server.psql(
    `SELECT o.name, r.path, r.number, r.label, s.layout, s.channels, s.steps, s.rate, s.notes, c.format, c.hash,
        md5(s.envelope), md5(e.bytes), e.covered, e.rate, k.centres, k.spreads, k.rates
      FROM kindred.recordings r JOIN kindred.roots o ON o.id = r.root JOIN kindred.sequences s USING (content, number)
      JOIN kindred.contents c USING (content) JOIN kindred.embeddings e USING (content, number)
      JOIN kindred.scales k ON k.id = e.scale ORDER BY o.name, r.path COLLATE "C", r.number`,
    database,
  );
}

/** What must not be: more than one embedding of a content, work or claims that are left, recordings without embeddings. */
export async function flawsOf(server: OwnServer, database: string): Promise<string> {
  return server.psql(
    `SELECT 'work left' FROM kindred.work UNION ALL SELECT 'claim left' FROM kindred.claims WHERE NOT done
      UNION ALL SELECT 'lost ' || path FROM kindred.recordings r WHERE content IS NOT NULL AND NOT EXISTS
        (SELECT FROM kindred.embeddings e WHERE e.content = r.content AND e.number = r.number)`,
    database,
  );
}
