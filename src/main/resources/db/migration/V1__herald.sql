-- One dialect for MySQL 8.4, MariaDB 10.11+ and H2 in MySQL mode. Times are UTC.
-- utf8mb4_bin throughout: MariaDB's default collation takes jose@ and JOSÉ@ for one person.

CREATE TABLE newsletter (
    id             INT          NOT NULL AUTO_INCREMENT,
    name_key       VARCHAR(63)  NOT NULL,
    name           VARCHAR(200) NOT NULL,
    sender_name    VARCHAR(200) NOT NULL,
    sender_address VARCHAR(320) NOT NULL,
    reply_to       VARCHAR(320),
    language       VARCHAR(35)  NOT NULL,
    base_url       VARCHAR(500),
    postal_address VARCHAR(500) NOT NULL DEFAULT '',
    -- The theme of its mails: colours by day and by night as #rrggbb, sizes in px.
    accent         VARCHAR(7)   NOT NULL DEFAULT '#0a58ca',
    ink            VARCHAR(7)   NOT NULL DEFAULT '#1f2328',
    paper          VARCHAR(7)   NOT NULL DEFAULT '#ffffff',
    dark_accent    VARCHAR(7)   NOT NULL DEFAULT '#8cb4ff',
    dark_ink       VARCHAR(7)   NOT NULL DEFAULT '#e4e6e9',
    dark_paper     VARCHAR(7)   NOT NULL DEFAULT '#16181b',
    font           VARCHAR(350) NOT NULL DEFAULT 'sans',
    logo_url       VARCHAR(500),
    logo_width     SMALLINT,
    logo_height    SMALLINT,
    column_width   SMALLINT     NOT NULL DEFAULT 600,
    contents       TINYINT      NOT NULL DEFAULT 0,
    -- Whether its issues have a public page once they are sent.
    archived       TINYINT      NOT NULL DEFAULT 1,
    -- Whether a second person has to approve its sends.
    approval       TINYINT      NOT NULL DEFAULT 0,
    -- What it wants to know of its readers: NONE, TOTALS or PERSONS (of those who consented).
    tracking       VARCHAR(8)   NOT NULL DEFAULT 'NONE',
    -- How long after the begin of its send an issue has no public page.
    archive_delay_hours INT     NOT NULL DEFAULT 0,
    created_at     DATETIME(3)  NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT newsletter_key UNIQUE (name_key)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE subscriber (
    id          INT          NOT NULL AUTO_INCREMENT,
    -- As it is written on the envelope; match_key is the same address for comparing.
    address     VARCHAR(320) NOT NULL,
    match_key   VARCHAR(320) NOT NULL,
    name        VARCHAR(200) NOT NULL DEFAULT '',
    -- IANA; empty where it is not known.
    zone        VARCHAR(64)  NOT NULL DEFAULT '',
    -- That the person chose for pages and mails about himself; empty: the newsletter's.
    language    VARCHAR(35)  NOT NULL DEFAULT '',
    created_at  DATETIME(3)  NOT NULL,
    -- From then on the row names nobody any more: it only keeps the ledger's rows together.
    erased_at   DATETIME(3),
    -- When a mail was last read or a link followed, as far as that is known.
    last_engaged_at DATETIME(3),
    PRIMARY KEY (id),
    CONSTRAINT subscriber_match_key UNIQUE (match_key)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What else is known of a subscriber: city, company. No row where there is no text.
CREATE TABLE subscriber_attribute (
    subscriber_id INT           NOT NULL,
    name          VARCHAR(100)  NOT NULL,
    text          VARCHAR(1000) NOT NULL,
    -- What segments compare, as FoldedText makes it of the text.
    folded        VARCHAR(500)  NOT NULL,
    -- NULL where the text is no number.
    number        DECIMAL(21, 6),
    PRIMARY KEY (subscriber_id, name),
    CONSTRAINT subscriber_attribute_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- All that a condition of a segment asks. At most 2,427 of InnoDB's 3,072 octets.
CREATE INDEX subscriber_attribute_folded ON subscriber_attribute (name, folded, number, subscriber_id);

CREATE TABLE subscription (
    newsletter_id INT         NOT NULL,
    subscriber_id INT         NOT NULL,
    state         VARCHAR(12) NOT NULL,
    changed_at    DATETIME(3) NOT NULL,
    -- Gets no mail before then, by the reader's own choice.
    paused_until  DATETIME(3),
    -- Whether the reader consented to being tracked.
    tracked       TINYINT     NOT NULL DEFAULT 0,
    PRIMARY KEY (newsletter_id, subscriber_id),
    CONSTRAINT subscription_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id),
    CONSTRAINT subscription_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX subscription_state ON subscription (newsletter_id, state, subscriber_id);

-- Parts of newsletters' subscriptions, by conditions: a tree in JSON, as docs/segments.md describes it. A deleted one can
-- be brought back until another takes its key.
CREATE TABLE segment (
    id            INT          NOT NULL AUTO_INCREMENT,
    newsletter_id INT          NOT NULL,
    name_key      VARCHAR(63)  NOT NULL,
    name          VARCHAR(200) NOT NULL,
    tree          LONGTEXT     NOT NULL,
    created_at    DATETIME(3)  NOT NULL,
    changed_at    DATETIME(3)  NOT NULL,
    deleted_at    DATETIME(3),
    PRIMARY KEY (id),
    CONSTRAINT segment_key UNIQUE (newsletter_id, name_key),
    CONSTRAINT segment_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Every change of a subscription, never updated: who consented to what, when and by which way.
CREATE TABLE consent (
    id            BIGINT       NOT NULL AUTO_INCREMENT,
    newsletter_id INT          NOT NULL,
    subscriber_id INT          NOT NULL,
    state         VARCHAR(12)  NOT NULL,
    paused_until  DATETIME(3),
    -- What it was before, so that it can be taken back; NULL where there was no subscription.
    was_state     VARCHAR(12),
    was_paused_until DATETIME(3),
    -- What became of the consent to tracking; NULL where nothing was said of it.
    tracked       TINYINT,
    source        VARCHAR(32)  NOT NULL,
    issue_id      INT,
    happened_at   DATETIME(3)  NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Whether a choice was taken back; and who left by an issue, in the order in which they did.
CREATE INDEX consent_subscriber ON consent (subscriber_id, source, newsletter_id);
CREATE INDEX consent_issue ON consent (issue_id, state, newsletter_id, id);

-- The consents of a newsletter by the day (UTC), added up in the transaction that records them.
CREATE TABLE subscription_day (
    newsletter_id INT  NOT NULL,
    happened_on   DATE NOT NULL,
    -- Became ACTIVE, and ceased to be; who did both counts in both.
    joined        INT  NOT NULL,
    departed      INT  NOT NULL,
    PRIMARY KEY (newsletter_id, happened_on)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who left a newsletter by one of its own issues and did not take it back, by the way that they took, added up in the
-- transaction that records the consent. Counted from the records, 11 issues of half a million readers took 100 ms.
CREATE TABLE leaver_count (
    issue_id INT         NOT NULL,
    source   VARCHAR(32) NOT NULL,
    readers  INT         NOT NULL,
    PRIMARY KEY (issue_id, source)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What an editor decides on sign-ups by readers themselves. Without a row the newsletter has no form.
CREATE TABLE sign_up_form (
    newsletter_id INT           NOT NULL,
    offered       TINYINT       NOT NULL,
    -- What readers agree to; empty: what Herald says in their language.
    agreement     VARCHAR(2000) NOT NULL,
    -- NONE, LETTER or ISSUE.
    welcome       VARCHAR(8)    NOT NULL,
    PRIMARY KEY (newsletter_id),
    CONSTRAINT sign_up_form_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Each text that somebody could agree to, once.
CREATE TABLE agreement (
    sha256 CHAR(64)      NOT NULL,
    text   VARCHAR(2500) NOT NULL,
    since  DATETIME(3)   NOT NULL,
    PRIMARY KEY (sha256)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What was typed into a form, at most two an address and day; a confirmation link names one. Gone some weeks later.
CREATE TABLE sign_up (
    id               BIGINT       NOT NULL AUTO_INCREMENT,
    newsletter_id    INT          NOT NULL,
    address          VARCHAR(320) NOT NULL,
    match_key        VARCHAR(320) NOT NULL,
    name             VARCHAR(200) NOT NULL,
    -- Of the reader, as the page was.
    language         VARCHAR(35)  NOT NULL,
    form             VARCHAR(100) NOT NULL,
    agreement_sha256 CHAR(64)     NOT NULL,
    -- ASKED, OFFERED (a link was sent), KNOWN (it was said that there is a subscription), SILENT, CONFIRMED,
    -- CLOSED (the mail came back).
    state            VARCHAR(12)  NOT NULL,
    asked_at         DATETIME(3)  NOT NULL,
    -- When the link was first sent: it expires some days later.
    offered_at       DATETIME(3),
    PRIMARY KEY (id),
    CONSTRAINT sign_up_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX sign_up_of ON sign_up (match_key, newsletter_id);
CREATE INDEX sign_up_asked ON sign_up (asked_at);

-- When an address, by its SHA-256, last took part in a sign-up, and before that: no more than two in any 24 hours.
CREATE TABLE sign_up_address (
    subject    CHAR(64)    NOT NULL,
    last_at    DATETIME(3) NOT NULL,
    earlier_at DATETIME(3) NOT NULL,
    -- When it was last told that it subscribes already.
    told_at    DATETIME(3) NOT NULL,
    -- When it was last written to although mails to it had bounced.
    tried_at   DATETIME(3) NOT NULL,
    PRIMARY KEY (subject)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX sign_up_address_last ON sign_up_address (last_at);

-- Sign-ups of a network, and of all, since the first of the hour (or other unit) that is under way.
CREATE TABLE sign_up_count (
    network  VARCHAR(45) NOT NULL,
    since    DATETIME(3) NOT NULL,
    sign_ups INT         NOT NULL,
    PRIMARY KEY (network)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX sign_up_count_since ON sign_up_count (since);

-- What a sign-up's record of consent has beside it.
CREATE TABLE consent_proof (
    consent_id       BIGINT       NOT NULL,
    asked_at         DATETIME(3)  NOT NULL,
    form             VARCHAR(100) NOT NULL,
    agreement_sha256 CHAR(64)     NOT NULL,
    -- Of who confirmed; NULL unless the installation keeps it.
    client_address   VARCHAR(45),
    PRIMARY KEY (consent_id),
    CONSTRAINT consent_proof_consent FOREIGN KEY (consent_id) REFERENCES consent (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Mails to one person that belong to no send, as they leave one after the other. What they say is decided when they do.
CREATE TABLE notice (
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    kind       VARCHAR(32)  NOT NULL,
    -- Names what it is about, in a way of its kind.
    about      BIGINT       NOT NULL,
    -- READY, SENDING, ACCEPTED, REJECTED, UNCERTAIN, EXPIRED, or DROPPED where there was nothing to say.
    state      VARCHAR(12)  NOT NULL,
    attempts   INT          NOT NULL,
    due_at     DATETIME(3)  NOT NULL,
    created_at DATETIME(3)  NOT NULL,
    changed_at DATETIME(3)  NOT NULL,
    -- The relay's last words.
    reply      VARCHAR(500) NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX notice_due ON notice (state, due_at);

-- An address that gets nothing from this installation. Keyed by address: it outlives the subscriber. Of a person who was
-- erased the key is "erased:" and an HMAC of the address (erasure_key): it is known again, and names nobody.
CREATE TABLE suppression (
    match_key  VARCHAR(320) NOT NULL,
    reason     VARCHAR(32)  NOT NULL,
    evidence   VARCHAR(500) NOT NULL,
    since      DATETIME(3)  NOT NULL,
    PRIMARY KEY (match_key)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Every suppression and every lifting of one, never updated. Keyed by address, as the suppressions are.
CREATE TABLE suppression_change (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    match_key   VARCHAR(320) NOT NULL,
    suppressed  TINYINT      NOT NULL,
    reason      VARCHAR(32)  NOT NULL,
    -- The line of the report, or why a person lifted it.
    evidence    VARCHAR(500) NOT NULL,
    -- A person's account or user name; empty for Herald's own rules.
    by_whom     VARCHAR(320) NOT NULL,
    happened_at DATETIME(3)  NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX suppression_change_of ON suppression_change (match_key, id);

-- One row, made at the first erasure.
CREATE TABLE erasure_key (
    id     TINYINT       NOT NULL,
    secret VARBINARY(32) NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What readers asked for on their preferences page that a mail has to confirm: a new address, their data, their erasure.
CREATE TABLE reader_request (
    id            BIGINT       NOT NULL AUTO_INCREMENT,
    kind          VARCHAR(8)   NOT NULL,
    subscriber_id INT          NOT NULL,
    -- The newsletter whose mail led to the page; the mail comes from its sender.
    newsletter_id INT          NOT NULL,
    -- Where the mail goes: for ADDRESS the new one, for MOVED the old one.
    address       VARCHAR(320) NOT NULL,
    match_key     VARCHAR(320) NOT NULL,
    language      VARCHAR(35)  NOT NULL,
    asked_at      DATETIME(3)  NOT NULL,
    expires_at    DATETIME(3)  NOT NULL,
    done_at       DATETIME(3),
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX reader_request_of ON reader_request (subscriber_id, asked_at);
CREATE INDEX reader_request_to ON reader_request (match_key, asked_at);
CREATE INDEX reader_request_asked ON reader_request (asked_at);

CREATE TABLE issue (
    id              INT          NOT NULL AUTO_INCREMENT,
    newsletter_id   INT          NOT NULL,
    slug            VARCHAR(190) NOT NULL,
    title           VARCHAR(500) NOT NULL,
    issue_date      DATE,
    current_version INT          NOT NULL,
    created_at      DATETIME(3)  NOT NULL,
    -- From then on who opened it and who followed which link is kept no more: only the sums are.
    events_purged_at DATETIME(3),
    PRIMARY KEY (id),
    CONSTRAINT issue_slug UNIQUE (newsletter_id, slug),
    CONSTRAINT issue_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Files as they were imported, byte for byte, and texts as they were saved. A send names the version it sends.
CREATE TABLE issue_version (
    id         INT          NOT NULL AUTO_INCREMENT,
    issue_id   INT          NOT NULL,
    number     INT          NOT NULL,
    file_name  VARCHAR(255) NOT NULL,
    source     LONGBLOB     NOT NULL,
    sha256     CHAR(64)     NOT NULL,
    -- The account that saved it; empty where it was imported.
    writer     VARCHAR(320) NOT NULL DEFAULT '',
    created_at DATETIME(3)  NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT issue_version_number UNIQUE (issue_id, number),
    CONSTRAINT issue_version_issue FOREIGN KEY (issue_id) REFERENCES issue (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What the archive lists and searches of an issue, made of the version that was sent when it is first asked for. Words are
-- those of title and text, in lower case and without accents.
CREATE TABLE archived_issue (
    issue_id      INT          NOT NULL,
    newsletter_id INT          NOT NULL,
    version_id    INT          NOT NULL,
    title         VARCHAR(500) NOT NULL,
    summary       VARCHAR(500) NOT NULL,
    words         LONGTEXT     NOT NULL,
    PRIMARY KEY (issue_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX archived_issue_of ON archived_issue (newsletter_id);

-- What an account has typed and not saved. The text is replaced only by who saw the revision that is here.
CREATE TABLE issue_draft (
    id        INT          NOT NULL AUTO_INCREMENT,
    issue_id  INT          NOT NULL,
    -- The version it began as, or that its writer has seen since.
    based_on  INT          NOT NULL,
    writer    VARCHAR(320) NOT NULL,
    text      LONGBLOB     NOT NULL,
    kept_at   DATETIME(3)  NOT NULL,
    revision  INT          NOT NULL,
    discarded TINYINT      NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT issue_draft_issue FOREIGN KEY (issue_id) REFERENCES issue (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX issue_draft_of ON issue_draft (issue_id, discarded, kept_at);

CREATE TABLE send (
    id               INT          NOT NULL AUTO_INCREMENT,
    issue_id         INT          NOT NULL,
    issue_version_id INT          NOT NULL,
    -- Of the compiled issue that was approved; empty while what is there at the start still needs an approval.
    fingerprint      CHAR(64)     NOT NULL DEFAULT '',
    status           VARCHAR(12)  NOT NULL,
    rehearsal        TINYINT      NOT NULL,
    due_at           DATETIME(3)  NOT NULL,
    zone             VARCHAR(64)  NOT NULL,
    -- The time of each reader's own clock at which they get it; NULL: all at due_at.
    local_at         DATETIME(3),
    -- Whether somebody else than who asked for it has to approve it, and who has.
    needs_approval   TINYINT      NOT NULL DEFAULT 0,
    approved_by      VARCHAR(320),
    -- When somebody last decided that it goes out, by an approval, going on or another time; NULL: as it was asked for.
    decided_at       DATETIME(3),
    -- The segment that it goes to, as it was when the send was asked for; NULL: to all. And the SHA-256 of the tree.
    segment_key      VARCHAR(63),
    segment_name     VARCHAR(200),
    segment_tree     LONGTEXT,
    segment_sha256   VARCHAR(64)  NOT NULL DEFAULT '',
    -- Of a resend: the states that its deliveries had when it was asked for, with commas; empty: it is none.
    resent           VARCHAR(100) NOT NULL DEFAULT '',
    -- Somebody has cancelled it, and may take that back until then; it is held meanwhile. And the status before.
    cancel_at        DATETIME(3),
    cancelled_by     VARCHAR(320) NOT NULL DEFAULT '',
    cancel_from      VARCHAR(12)  NOT NULL DEFAULT '',
    -- Why it waits, is held or was cancelled: a sentence as JSON, its key and its values; empty: no reason.
    reason           VARCHAR(4000) NOT NULL DEFAULT '',
    round            INT          NOT NULL DEFAULT 0,
    -- The process that works on it now, and until when it is believed to live without a sign.
    owner            VARCHAR(120),
    owned_until      DATETIME(3),
    -- Counted at the freeze; NULL before.
    subscriptions    INT,
    recipients       INT,
    unconfirmed      INT,
    unsubscribed     INT,
    suppressed       INT,
    paused           INT,
    already_in_ledger INT,
    outside_segment  INT,
    requested_by     VARCHAR(320) NOT NULL,
    created_at       DATETIME(3)  NOT NULL,
    started_at       DATETIME(3),
    finished_at      DATETIME(3),
    -- When its deliveries were counted into send_count and send_minute; NULL where those say nothing. Then also the
    -- times of the ledger at which the first and the last was accepted.
    counted_at       DATETIME(3),
    first_accepted   INT,
    last_accepted    INT,
    PRIMARY KEY (id),
    CONSTRAINT send_issue FOREIGN KEY (issue_id) REFERENCES issue (id),
    CONSTRAINT send_version FOREIGN KEY (issue_version_id) REFERENCES issue_version (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX send_by_issue ON send (issue_id, id);
CREATE INDEX send_by_status ON send (status, due_at);

-- The ledger: one narrow row a recipient, all columns fixed in width and NOT NULL (56 bytes with its index on
-- MariaDB; the nullable BIGINT form took 138). Times are seconds since 2020-01-01T00:00:00Z: due_at is the delivery's
-- own due time, which its deadline counts from; next_at is when it may be tried next.
CREATE TABLE delivery (
    issue_id      INT     NOT NULL,
    subscriber_id INT     NOT NULL,
    send_id       INT     NOT NULL,
    state         TINYINT NOT NULL,
    -- The mailbox provider, by its code in batch/send-issue.yaml or Herald's own; 0 is none that Herald knows.
    provider      TINYINT NOT NULL,
    attempts      TINYINT NOT NULL,
    due_at        INT     NOT NULL,
    next_at       INT     NOT NULL,
    changed_at    INT     NOT NULL,
    PRIMARY KEY (issue_id, subscriber_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX delivery_work ON delivery (send_id, state, provider, subscriber_id);

-- The deliveries that a resend was asked for with, as they were then; it takes over, as it begins, those that still are so.
-- Its rows are gone when it has begun, or was cancelled.
CREATE TABLE resend_delivery (
    send_id       INT     NOT NULL,
    subscriber_id INT     NOT NULL,
    from_send_id  INT     NOT NULL,
    state         TINYINT NOT NULL,
    PRIMARY KEY (send_id, subscriber_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The deliveries of a send that is over, counted once. Whatever changes one of them afterwards changes these in the same
-- transaction, or takes send.counted_at away.
CREATE TABLE send_count (
    send_id    INT     NOT NULL,
    provider   TINYINT NOT NULL,
    state      TINYINT NOT NULL,
    deliveries INT     NOT NULL,
    PRIMARY KEY (send_id, provider, state)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Its accepted deliveries by the minute, which is named by its first second in the ledger's time.
CREATE TABLE send_minute (
    send_id   INT NOT NULL,
    minute_at INT NOT NULL,
    accepted  INT NOT NULL,
    PRIMARY KEY (send_id, minute_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Domains with a mailbox provider that Herald knows, as they were at the last freeze that looked.
CREATE TABLE mail_domain (
    name     VARCHAR(255) NOT NULL,
    provider TINYINT      NOT NULL,
    PRIMARY KEY (name)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What a relay has carried, by day (UTC): the daily ceilings of warm-up plans need it.
CREATE TABLE relay_day (
    relay      VARCHAR(190) NOT NULL,
    carried_on DATE         NOT NULL,
    messages   INT          NOT NULL,
    PRIMARY KEY (relay, carried_on)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Limits that were changed while Herald runs; they come before the file's until the row is gone. An empty setting: no limit.
CREATE TABLE limit_change (
    name       VARCHAR(190)  NOT NULL,
    setting    VARCHAR(4000) NOT NULL,
    changed_by VARCHAR(500)  NOT NULL,
    changed_at DATETIME(3)   NOT NULL,
    PRIMARY KEY (name)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What the relay said last, for the deliveries that were not accepted at once. Few, so wide is fine.
CREATE TABLE delivery_reply (
    issue_id      INT          NOT NULL,
    subscriber_id INT          NOT NULL,
    code          SMALLINT     NOT NULL,
    status        VARCHAR(12)  NOT NULL,
    reply         VARCHAR(500) NOT NULL,
    replied_at    DATETIME(3)  NOT NULL,
    PRIMARY KEY (issue_id, subscriber_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX delivery_reply_status ON delivery_reply (issue_id, status, subscriber_id);

-- What the owner of a send does for each mailbox provider, written about once a second for people who watch.
CREATE TABLE send_traffic (
    send_id    INT          NOT NULL,
    provider   TINYINT      NOT NULL,
    name       VARCHAR(63)  NOT NULL,
    waiting    INT          NOT NULL,
    in_flight  INT          NOT NULL,
    accepted   INT          NOT NULL,
    deferred   INT          NOT NULL,
    rejected   INT          NOT NULL,
    -- What slows it: a sentence as in send.reason; empty: nothing does.
    state      VARCHAR(4000) NOT NULL,
    updated_at DATETIME(3)  NOT NULL,
    PRIMARY KEY (send_id, provider)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- One row. Every process that works on sends adds to beat_count and keeps the highest it saw in its data folder: a
-- database that has fewer was restored from a backup.
CREATE TABLE installation (
    id         TINYINT     NOT NULL,
    token      CHAR(36)    NOT NULL,
    beat_count BIGINT      NOT NULL,
    beat_at    DATETIME(3) NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- One row: until when an upgrade of the tables may be under way. Whoever starts to work on a send locks it first.
CREATE TABLE maintenance (
    id       TINYINT      NOT NULL,
    by_whom  VARCHAR(120) NOT NULL,
    until_at DATETIME(3)  NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO maintenance (id, by_whom, until_at) VALUES (1, '', '2020-01-01 00:00:00');

CREATE TABLE bounce (
    id            BIGINT       NOT NULL AUTO_INCREMENT,
    issue_id      INT          NOT NULL,
    subscriber_id INT          NOT NULL,
    -- The send whose mail it was; 0 where the ledger had no row. A rehearsal's bounces are not the real send's.
    send_id       INT          NOT NULL,
    -- The mailbox provider, by its code in the ledger.
    provider      TINYINT      NOT NULL DEFAULT 0,
    -- SHA-256 of the report: the same report read twice is one bounce.
    report_sha256 CHAR(64)     NOT NULL,
    bounce_class  VARCHAR(8)   NOT NULL,
    status        VARCHAR(12)  NOT NULL,
    action        VARCHAR(12)  NOT NULL,
    reason        VARCHAR(32)  NOT NULL,
    evidence      VARCHAR(500) NOT NULL,
    received_at   DATETIME(3)  NOT NULL,
    -- The wave that it is part of, 0 for none; and whether it is what suppressed the address.
    wave_id       INT          NOT NULL DEFAULT 0,
    suppressed    TINYINT      NOT NULL DEFAULT 0,
    PRIMARY KEY (id),
    CONSTRAINT bounce_once UNIQUE (issue_id, subscriber_id, report_sha256)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX bounce_of_issue ON bounce (issue_id, bounce_class, provider, reason, send_id, subscriber_id, received_at);
CREATE INDEX bounce_latest ON bounce (issue_id, id);
CREATE INDEX bounce_of_wave ON bounce (wave_id);
CREATE INDEX bounce_of_subscriber ON bounce (subscriber_id);

-- Recipients whose mail came back, added up in the transaction that changes their bounces (BounceSums): ALL of a class,
-- and of these by REASON, by the code of the PROVIDER, and by the MINUTE (UTC) of the first.
CREATE TABLE bounce_count (
    issue_id     INT         NOT NULL,
    part         VARCHAR(8)  NOT NULL,
    bounce_class VARCHAR(8)  NOT NULL,
    what         VARCHAR(32) NOT NULL,
    recipients   INT         NOT NULL,
    PRIMARY KEY (issue_id, part, bounce_class, what)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Whether these hold; where not, whoever looks next counts the records. Whoever changes either holds this row.
CREATE TABLE bounce_counted (
    issue_id INT     NOT NULL,
    counted  TINYINT NOT NULL,
    PRIMARY KEY (issue_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Hard bounces of one send that came from one provider with one text. Many at once are a block or an outage, and no
-- dead readers: then the wave is held, and its bounces count as soft until a person has decided.
CREATE TABLE bounce_wave (
    id         INT          NOT NULL AUTO_INCREMENT,
    send_id    INT          NOT NULL,
    provider   TINYINT      NOT NULL,
    -- SHA-256 of the reply without what names one message.
    likeness   CHAR(64)     NOT NULL,
    text       VARCHAR(500) NOT NULL,
    bounces    INT          NOT NULL,
    -- What the provider's readers got of the send; NULL until it matters.
    recipients INT,
    state      VARCHAR(8)   NOT NULL DEFAULT 'OPEN',
    held_at    DATETIME(3),
    decided_by VARCHAR(320) NOT NULL DEFAULT '',
    decided_at DATETIME(3),
    PRIMARY KEY (id),
    CONSTRAINT bounce_wave_likeness UNIQUE (send_id, provider, likeness)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who opened an issue and who followed a link in it, each once a kind and an actor; and how many they are, added up in
-- the same transaction. Of newsletters that track.
CREATE TABLE engagement (
    issue_id      INT         NOT NULL,
    subscriber_id INT         NOT NULL,
    kind          VARCHAR(8)  NOT NULL,
    actor         VARCHAR(8)  NOT NULL,
    events        INT         NOT NULL,
    first_at      DATETIME(3) NOT NULL,
    PRIMARY KEY (issue_id, subscriber_id, kind, actor)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX engagement_of ON engagement (subscriber_id);

-- Where a newsletter counts totals only, events are added here, and readers are none.
CREATE TABLE engagement_count (
    issue_id INT        NOT NULL,
    kind     VARCHAR(8) NOT NULL,
    actor    VARCHAR(8) NOT NULL,
    readers  INT        NOT NULL,
    events   INT        NOT NULL,
    PRIMARY KEY (issue_id, kind, actor)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- When that was, added up in the same transaction, by spans of UTC: of a minute in the hours around the start of the send, of
-- an hour in the days, else of a day (EngagementTimes). begun_at: seconds since 1970.
CREATE TABLE engagement_time (
    issue_id INT        NOT NULL,
    kind     VARCHAR(8) NOT NULL,
    actor    VARCHAR(8) NOT NULL,
    begun_at BIGINT     NOT NULL,
    seconds  INT        NOT NULL,
    -- Who did it for the first time then.
    readers  INT        NOT NULL,
    events   INT        NOT NULL,
    PRIMARY KEY (issue_id, kind, actor, begun_at, seconds)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The links behind the clicks, by the SHA-256 of where they lead: who followed which, each once a link and an actor; and
-- how many they are, added up in the same transaction.
CREATE TABLE link_click (
    issue_id      INT         NOT NULL,
    link_sha256   CHAR(64)    NOT NULL,
    subscriber_id INT         NOT NULL,
    actor         VARCHAR(8)  NOT NULL,
    events        INT         NOT NULL,
    first_at      DATETIME(3) NOT NULL,
    PRIMARY KEY (issue_id, link_sha256, subscriber_id, actor)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE link_count (
    issue_id    INT           NOT NULL,
    link_sha256 CHAR(64)      NOT NULL,
    actor       VARCHAR(8)    NOT NULL,
    -- Where it leads; of one that is longer, the beginning.
    target      VARCHAR(2000) NOT NULL,
    readers     INT           NOT NULL,
    events      INT           NOT NULL,
    PRIMARY KEY (issue_id, link_sha256, actor)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Where the links of tracked mails lead: what a link names is looked up here, so that it can lead nowhere else. The code
-- is made of the target, so that a link is the same in every version of its issue.
CREATE TABLE issue_link (
    issue_id INT           NOT NULL,
    code     CHAR(8)       NOT NULL,
    target   VARCHAR(4000) NOT NULL,
    PRIMARY KEY (issue_id, code)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Mails that collect-bounces has read and left where they are, so that it does not read them again.
CREATE TABLE collected_mail (
    mailbox      VARCHAR(190) NOT NULL,
    uid          VARCHAR(190) NOT NULL,
    kind         VARCHAR(12)  NOT NULL,
    collected_at DATETIME(3)  NOT NULL,
    PRIMARY KEY (mailbox, uid)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What reports without a valid token say of subscribers: evidence for a person, who counts or dismisses it.
CREATE TABLE report_review (
    id            INT          NOT NULL AUTO_INCREMENT,
    report_sha256 CHAR(64)     NOT NULL,
    address       VARCHAR(320) NOT NULL,
    source        VARCHAR(190) NOT NULL,
    kind          VARCHAR(12)  NOT NULL,
    bounce_class  VARCHAR(8)   NOT NULL,
    status        VARCHAR(12)  NOT NULL,
    action        VARCHAR(12)  NOT NULL,
    reason        VARCHAR(32)  NOT NULL,
    evidence      VARCHAR(500) NOT NULL,
    received_at   DATETIME(3)  NOT NULL,
    -- OPEN, COUNTED or DISMISSED.
    state         VARCHAR(12)  NOT NULL DEFAULT 'OPEN',
    decided_by    VARCHAR(320) NOT NULL DEFAULT '',
    decided_at    DATETIME(3),
    PRIMARY KEY (id),
    CONSTRAINT report_review_once UNIQUE (report_sha256, address)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX report_review_open ON report_review (state);

-- Old keys stay for reading. secret is empty where the keys are kept in a file; the fingerprint then tells whether
-- the file still has them.
CREATE TABLE signing_key (
    id          INT           NOT NULL,
    secret      VARBINARY(64),
    fingerprint CHAR(16)      NOT NULL,
    created_at  DATETIME(3)   NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE account (
    id         INT          NOT NULL AUTO_INCREMENT,
    address    VARCHAR(320) NOT NULL,
    password   VARCHAR(200) NOT NULL,
    role       VARCHAR(12)  NOT NULL,
    enabled    TINYINT      NOT NULL DEFAULT 1,
    -- What the person chose; NULL: as the browser asks, and the server's zone.
    language   VARCHAR(35),
    zone       VARCHAR(64),
    -- The secret of the second factor, NULL without one; and the last time step of which a code was taken, since each
    -- is good once (RFC 6238 section 5.2).
    totp_secret VARBINARY(64),
    totp_step   BIGINT      NOT NULL DEFAULT 0,
    -- Sessions that began under another number are over.
    session_generation INT  NOT NULL DEFAULT 1,
    created_at DATETIME(3)  NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT account_address UNIQUE (address)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Each stands in once for a code of the second factor. 80 random bits: SHA-256 needs no salt and no slowness.
CREATE TABLE recovery_code (
    account_id INT      NOT NULL,
    sha256     CHAR(64) NOT NULL,
    PRIMARY KEY (account_id, sha256),
    CONSTRAINT recovery_code_account FOREIGN KEY (account_id) REFERENCES account (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Of a token only its name, its recognisable beginning and the SHA-256 of the whole (256 random bits) are kept.
CREATE TABLE api_token (
    id           INT          NOT NULL AUTO_INCREMENT,
    account_id   INT          NOT NULL,
    name         VARCHAR(100) NOT NULL,
    prefix       VARCHAR(20)  NOT NULL,
    sha256       CHAR(64)     NOT NULL,
    created_at   DATETIME(3)  NOT NULL,
    expires_at   DATETIME(3)  NOT NULL,
    -- To the minute.
    last_used_at DATETIME(3),
    revoked      TINYINT      NOT NULL DEFAULT 0,
    PRIMARY KEY (id),
    CONSTRAINT api_token_prefix UNIQUE (prefix),
    CONSTRAINT api_token_account FOREIGN KEY (account_id) REFERENCES account (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who guesses: failures of an account, of a client and of both together, forgotten after an hour. The subject is a
-- SHA-256, since what is typed as an address may be a password.
CREATE TABLE sign_in_failure (
    subject  CHAR(64)    NOT NULL,
    failures INT         NOT NULL,
    last_at  DATETIME(3) NOT NULL,
    PRIMARY KEY (subject)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX sign_in_failure_last ON sign_in_failure (last_at);

-- What people changed, never updated: who, when, what, on what.
CREATE TABLE audit_entry (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    happened_at DATETIME(3)  NOT NULL,
    who_kind    VARCHAR(12)  NOT NULL,
    who         VARCHAR(500) NOT NULL,
    action      VARCHAR(48)  NOT NULL,
    subject     VARCHAR(500) NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX audit_entry_day ON audit_entry (happened_at);

-- The values that differ, before and after; NULL where there was or is none.
CREATE TABLE audit_field (
    entry_id BIGINT        NOT NULL,
    name     VARCHAR(100)  NOT NULL,
    was      VARCHAR(2000),
    became   VARCHAR(2000),
    PRIMARY KEY (entry_id, name),
    CONSTRAINT audit_field_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The tables of Spring Session 4, whose names it fixes; times in milliseconds since 1970. PRINCIPAL_NAME is the number
-- of the account.
CREATE TABLE SPRING_SESSION (
    PRIMARY_ID            CHAR(36)     NOT NULL,
    SESSION_ID            CHAR(36)     NOT NULL,
    CREATION_TIME         BIGINT       NOT NULL,
    LAST_ACCESS_TIME      BIGINT       NOT NULL,
    MAX_INACTIVE_INTERVAL INT          NOT NULL,
    EXPIRY_TIME           BIGINT       NOT NULL,
    PRINCIPAL_NAME        VARCHAR(100),
    PRIMARY KEY (PRIMARY_ID),
    CONSTRAINT spring_session_id UNIQUE (SESSION_ID)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX spring_session_expiry ON SPRING_SESSION (EXPIRY_TIME);
CREATE INDEX spring_session_principal ON SPRING_SESSION (PRINCIPAL_NAME);

CREATE TABLE SPRING_SESSION_ATTRIBUTES (
    SESSION_PRIMARY_ID CHAR(36)     NOT NULL,
    ATTRIBUTE_NAME     VARCHAR(200) NOT NULL,
    ATTRIBUTE_BYTES    LONGBLOB     NOT NULL,
    PRIMARY KEY (SESSION_PRIMARY_ID, ATTRIBUTE_NAME),
    CONSTRAINT spring_session_attributes_of FOREIGN KEY (SESSION_PRIMARY_ID)
        REFERENCES SPRING_SESSION (PRIMARY_ID) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Tests of issues, counted for each account since the first of the hour (or other unit) that is under way.
CREATE TABLE test_allowance (
    by_whom VARCHAR(320) NOT NULL,
    since   DATETIME(3)  NOT NULL,
    tests   INT          NOT NULL,
    PRIMARY KEY (by_whom)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The table of db-scheduler 16, whose column names it fixes.
CREATE TABLE scheduled_tasks (
    task_name            VARCHAR(100) NOT NULL,
    task_instance        VARCHAR(100) NOT NULL,
    task_data            BLOB,
    execution_time       DATETIME(6) NOT NULL,
    picked               BOOLEAN      NOT NULL,
    picked_by            VARCHAR(50),
    last_success         DATETIME(6) NULL,
    last_failure         DATETIME(6) NULL,
    consecutive_failures INT,
    last_heartbeat       DATETIME(6) NULL,
    version              BIGINT       NOT NULL,
    priority             SMALLINT,
    PRIMARY KEY (task_name, task_instance)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);
