/// A catalogue as the first schema wrote it: `sqlite3 catalogue.sqlite .dump` of a night, with other names. Never
/// changed: it stands for the catalogues that are out there.
enum CatalogueOne {
  static let sql = """
    BEGIN TRANSACTION;
    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
    INSERT INTO grdb_migrations VALUES('1: digests, reports, failures, nights');
    CREATE TABLE digests (
      device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,
      modified INTEGER NOT NULL, digest TEXT NOT NULL,
      PRIMARY KEY (device, inode, size, modified)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO digests VALUES(65024,16236721,2209401,1795377437301497908,'390cce8cff2089df');
    INSERT INTO digests VALUES(65024,16236931,1102773,1795377437301497908,'7d664a8e4bd3029b');
    CREATE TABLE reports (
      digest TEXT PRIMARY KEY NOT NULL, folder TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
      title TEXT NOT NULL, started TEXT, work TEXT NOT NULL, finished INTEGER NOT NULL,
      seconds REAL NOT NULL
    ) STRICT;
    INSERT INTO reports VALUES('390cce8cff2089df','2026-03-01 Algebra 2026-03-01 (390cce8c)',
      '/srv/recordings/Algebra 2026-03-01.mp4','Algebra 2026-03-01','2026-03-01','6c6b0329042f7afa',1795384709,
      50.20000000000000284);
    INSERT INTO reports VALUES('7d664a8e4bd3029b','Größe 🎓 it''s (7d664a8e)','/srv/recordings/Größe 🎓 it''s.mp4',
      'Größe 🎓 it''s',NULL,'6c6b0329042f7afa',1795384746,60.0);
    CREATE TABLE failures (
      path TEXT PRIMARY KEY NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
      title TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
      attempts INTEGER NOT NULL, last_try INTEGER NOT NULL
    ) STRICT;
    INSERT INTO failures VALUES('/srv/recordings/bad.mp4',150000,1795377437301497908,'bad','permanent',
      'bad.mp4: no video stream',1,1795384758);
    CREATE TABLE nights (
      id INTEGER PRIMARY KEY, process INTEGER NOT NULL, started INTEGER NOT NULL, ended INTEGER,
      current TEXT, due INTEGER NOT NULL, tally TEXT NOT NULL
    ) STRICT;
    INSERT INTO nights VALUES(1,16238,1795384677,1795384758,NULL,3,
      '{"failed":1,"left":0,"new":2,"reasons":{"bad.mp4: no video stream":1},"renewed":0,"unchanged":0,"waiting":0}');
    COMMIT;
    """
}
