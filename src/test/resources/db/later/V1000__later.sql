-- A migration of a Herald that is newer than this one, for tests.
CREATE TABLE later (id INT NOT NULL, PRIMARY KEY (id));
