CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);

CREATE TABLE "alerts_sunk" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(32) NOT NULL, "officer" bigint NULL, "at_ms" bigint NOT NULL);

CREATE TABLE "alerts_watcher" ("only" smallint unsigned NOT NULL PRIMARY KEY CHECK ("only" >= 0), "address" BLOB NOT NULL);

CREATE TABLE "alerts_relay" ("only" smallint unsigned NOT NULL PRIMARY KEY CHECK ("only" >= 0), "login" BLOB NOT NULL);

CREATE TABLE "alerts_oncall" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "officer" bigint NOT NULL, "opens_ms" bigint NOT NULL, "closes_ms" bigint NOT NULL);

CREATE TABLE "alerts_address" ("officer" bigint NOT NULL PRIMARY KEY, "address" BLOB NOT NULL, "answered_ms" bigint NULL, "quiet_from" smallint unsigned NOT NULL CHECK ("quiet_from" >= 0), "quiet_to" smallint unsigned NOT NULL CHECK ("quiet_to" >= 0), "tested_ms" bigint NULL);

CREATE TABLE "alerts_wake" ("id" bigint NOT NULL PRIMARY KEY, "warning" bigint NULL, "officer" bigint NOT NULL, "kind" varchar(32) NOT NULL, "round" smallint unsigned NOT NULL CHECK ("round" >= 0), "due_ms" bigint NOT NULL, "state" varchar(32) NOT NULL, "tries" smallint unsigned NOT NULL CHECK ("tries" >= 0), "again_ms" bigint NOT NULL, "run_id" bigint NOT NULL, "leased_until_ms" bigint NOT NULL, "way" varchar(32) NULL, "window" bigint NULL, CONSTRAINT "wake_once" UNIQUE ("warning", "round", "way"), CONSTRAINT "wake_once_a_silence" UNIQUE ("window", "round", "way"));

CREATE INDEX "on_call_closes" ON "alerts_oncall" ("closes_ms");

CREATE TABLE "alerts_way" ("quiet_from" smallint unsigned NOT NULL CHECK ("quiet_from" >= 0), "quiet_to" smallint unsigned NOT NULL CHECK ("quiet_to" >= 0), "tested_ms" bigint NULL, "answered_ms" bigint NULL, "id" bigint NOT NULL PRIMARY KEY, "officer" bigint NOT NULL, "way" varchar(32) NOT NULL, "address" BLOB NOT NULL, CONSTRAINT "way_once" UNIQUE ("officer", "way"));

CREATE TABLE "chronicle_bookmark" ("reader" varchar(64) NOT NULL PRIMARY KEY, "seq" bigint NOT NULL);

CREATE TABLE "chronicle_head" ("only" smallint unsigned NOT NULL PRIMARY KEY CHECK ("only" >= 0), "seq" bigint NOT NULL, "hash" BLOB NOT NULL);

CREATE TABLE "chronicle_due" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(96) NOT NULL UNIQUE, "kind" varchar(64) NOT NULL, "about" bigint NOT NULL, "due_ms" bigint NOT NULL, "run_id" bigint NOT NULL, "leased_until_ms" bigint NOT NULL, "tries" smallint unsigned NOT NULL CHECK ("tries" >= 0), "state" varchar(32) NOT NULL);

CREATE TABLE "chronicle_entry" ("seq" bigint NOT NULL PRIMARY KEY, "kind" varchar(64) NOT NULL, "v" smallint unsigned NOT NULL CHECK ("v" >= 0), "actor" varchar(64) NOT NULL, "recorded_ms" bigint NOT NULL, "salt" BLOB NULL, "body" BLOB NULL, "inner" BLOB NOT NULL, "hash" BLOB NOT NULL);

CREATE TRIGGER entry_stays BEFORE UPDATE ON chronicle_entry
WHEN NOT (NEW.body IS NULL AND NEW.salt IS NULL AND NEW.seq IS OLD.seq AND NEW.kind IS OLD.kind AND NEW.v IS OLD.v
  AND NEW.actor IS OLD.actor AND NEW.recorded_ms IS OLD.recorded_ms AND NEW.inner IS OLD.inner AND NEW.hash IS OLD.hash)
BEGIN SELECT RAISE(ABORT, 'the chronicle is never changed'); END;

CREATE TRIGGER entry_is_kept BEFORE DELETE ON chronicle_entry
BEGIN SELECT RAISE(ABORT, 'the chronicle is never shortened'); END;

CREATE INDEX "entry_kind_seq" ON "chronicle_entry" ("kind", "seq");

CREATE TABLE "chronicle_stuck" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reader" varchar(64) NOT NULL, "seq" bigint NOT NULL, "code" varchar(64) NOT NULL, "tries" smallint unsigned NOT NULL CHECK ("tries" >= 0), "again_ms" bigint NOT NULL, "state" varchar(32) NOT NULL, "due" bigint NULL);

CREATE UNIQUE INDEX "stuck_once_a_fact" ON "chronicle_stuck" ("reader", "seq") WHERE "due" IS NULL;

CREATE UNIQUE INDEX "stuck_once_a_due_row" ON "chronicle_stuck" ("due") WHERE "due" IS NOT NULL;

CREATE TABLE "vault_apitoken" ("id" bigint NOT NULL PRIMARY KEY, "digest" BLOB NOT NULL UNIQUE, "expires_ms" bigint NOT NULL, "made_by_id" bigint NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "vault_entrytoken" ("id" bigint NOT NULL PRIMARY KEY, "digest" BLOB NOT NULL UNIQUE, "half" BLOB NULL, "spent_ms" bigint NULL, "officer_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "vault_apitoken_made_by_id_51c68697" ON "vault_apitoken" ("made_by_id");

CREATE INDEX "vault_entrytoken_officer_id_b1c8f086" ON "vault_entrytoken" ("officer_id");

CREATE TABLE "vault_apiscope" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "scope" varchar(32) NOT NULL, "token_id" bigint NOT NULL REFERENCES "vault_apitoken" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "api_scope_once" UNIQUE ("token_id", "scope"));

CREATE INDEX "vault_apiscope_token_id_92ea7cf1" ON "vault_apiscope" ("token_id");

CREATE TABLE "vault_grant" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "epoch" smallint unsigned NOT NULL CHECK ("epoch" >= 0), "wrapped" BLOB NOT NULL, "signature" BLOB NOT NULL, "cell_id" bigint NOT NULL REFERENCES "vault_cell" ("id") DEFERRABLE INITIALLY DEFERRED, "granted_by_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED, "officer_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "grant_once" UNIQUE ("cell_id", "epoch", "officer_id"));

CREATE INDEX "vault_grant_cell_id_c4debfb7" ON "vault_grant" ("cell_id");

CREATE INDEX "vault_grant_granted_by_id_c2132a5e" ON "vault_grant" ("granted_by_id");

CREATE INDEX "vault_grant_officer_id_8960c556" ON "vault_grant" ("officer_id");

CREATE TABLE "vault_officerrole" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(32) NOT NULL, "officer_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "officer_role_once" UNIQUE ("officer_id", "role"));

CREATE INDEX "vault_officerrole_officer_id_34685f8d" ON "vault_officerrole" ("officer_id");

CREATE TABLE "vault_backup" ("number" integer unsigned NOT NULL PRIMARY KEY CHECK ("number" >= 0), "taken_ms" bigint NOT NULL, "seq" bigint NOT NULL, "data_digest" BLOB NOT NULL, "keys_digest" BLOB NOT NULL);

CREATE TABLE "vault_organisation" ("only" smallint unsigned NOT NULL PRIMARY KEY CHECK ("only" >= 0), "exchange_public" BLOB NOT NULL, "signing_public" BLOB NOT NULL);

CREATE TABLE "vault_secondfactor" ("officer_id" bigint NOT NULL PRIMARY KEY REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED, "seed" BLOB NOT NULL, "last_step" bigint NOT NULL);

CREATE TABLE "vault_cell" ("id" bigint NOT NULL PRIMARY KEY, "side" varchar(32) NOT NULL, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "area" bigint NOT NULL, "epoch" smallint unsigned NOT NULL CHECK ("epoch" >= 0), "inbox_public" BLOB NOT NULL, "must_rotate" bool NOT NULL, CONSTRAINT "cell_code" UNIQUE ("side", "number"));

CREATE TABLE "vault_officer" ("id" bigint NOT NULL PRIMARY KEY, "word" smallint unsigned NOT NULL CHECK ("word" >= 0), "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "exchange_public" BLOB NOT NULL, "signing_public" BLOB NOT NULL, "vouched" BLOB NOT NULL, "memory_kib" integer unsigned NOT NULL CHECK ("memory_kib" >= 0), "rounds" smallint unsigned NOT NULL CHECK ("rounds" >= 0), "lanes" smallint unsigned NOT NULL CHECK ("lanes" >= 0), "salt" BLOB NOT NULL, "bundle" BLOB NOT NULL, "slot" BLOB NULL, "state" varchar(32) NOT NULL, "state_ms" bigint NOT NULL, "enrolled_by_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "officer_code_name" UNIQUE ("word", "number"));

CREATE INDEX "vault_officer_enrolled_by_id_e8da5532" ON "vault_officer" ("enrolled_by_id");

CREATE TABLE "vault_request" ("id" bigint NOT NULL PRIMARY KEY, "kind" varchar(32) NOT NULL, "about" bigint NOT NULL, "argument" bigint NOT NULL, "made_ms" bigint NOT NULL, "until_ms" bigint NOT NULL, "signed" BLOB NOT NULL, "state" varchar(32) NOT NULL, "made_by_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "vault_cellepoch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "epoch" smallint unsigned NOT NULL CHECK ("epoch" >= 0), "before" BLOB NOT NULL, "began_ms" bigint NOT NULL, "cell_id" bigint NOT NULL REFERENCES "vault_cell" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "cell_epoch_once" UNIQUE ("cell_id", "epoch"));

CREATE TABLE "vault_organisationgrant" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "epoch" smallint unsigned NOT NULL CHECK ("epoch" >= 0), "wrapped" BLOB NOT NULL, "signature" BLOB NOT NULL, "cell_id" bigint NOT NULL REFERENCES "vault_cell" ("id") DEFERRABLE INITIALLY DEFERRED, "granted_by_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "organisation_grant_once" UNIQUE ("cell_id", "epoch"));

CREATE TABLE "vault_approval" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "signature" BLOB NOT NULL, "given_ms" bigint NOT NULL, "officer_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED, "request_id" bigint NOT NULL REFERENCES "vault_request" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "approval_once" UNIQUE ("request_id", "officer_id"));

CREATE INDEX "vault_request_made_by_id_a718c666" ON "vault_request" ("made_by_id");

CREATE INDEX "vault_cellepoch_cell_id_2380e9a0" ON "vault_cellepoch" ("cell_id");

CREATE INDEX "vault_organisationgrant_cell_id_f9b0f2e3" ON "vault_organisationgrant" ("cell_id");

CREATE INDEX "vault_organisationgrant_granted_by_id_9946feef" ON "vault_organisationgrant" ("granted_by_id");

CREATE INDEX "vault_approval_officer_id_31eb7b7d" ON "vault_approval" ("officer_id");

CREATE INDEX "vault_approval_request_id_6494836e" ON "vault_approval" ("request_id");

CREATE TABLE "people_person" ("id" bigint NOT NULL PRIMARY KEY, "word" smallint unsigned NOT NULL CHECK ("word" >= 0), "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "forgotten_ms" bigint NULL, CONSTRAINT "person_code_name" UNIQUE ("word", "number"));

CREATE TABLE "people_personrole" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(32) NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "person_role_once" UNIQUE ("person_id", "role"));

CREATE INDEX "people_personrole_person_id_459322db" ON "people_personrole" ("person_id");

CREATE TABLE "people_realname" ("person_id" bigint NOT NULL PRIMARY KEY REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "ident" BLOB NOT NULL);

CREATE TABLE "people_personkey" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "epoch" smallint unsigned NOT NULL CHECK ("epoch" >= 0), "wrapped" BLOB NOT NULL, "drawn_ms" bigint NOT NULL, "cell_id" bigint NOT NULL REFERENCES "vault_cell" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "person_key_once" UNIQUE ("person_id", "cell_id"));

CREATE INDEX "people_personkey_cell_id_0f1ed759" ON "people_personkey" ("cell_id");

CREATE INDEX "people_personkey_person_id_4c8d4d86" ON "people_personkey" ("person_id");

CREATE INDEX "person_key_epoch" ON "people_personkey" ("cell_id", "epoch");

CREATE TABLE "people_formername" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "word" smallint unsigned NOT NULL CHECK ("word" >= 0), "number" smallint unsigned NOT NULL CHECK ("number" >= 0), CONSTRAINT "former_code_name" UNIQUE ("word", "number"));

CREATE TABLE "network_area" ("id" bigint NOT NULL PRIMARY KEY, "north" bool NOT NULL, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), CONSTRAINT "area_once" UNIQUE ("north", "number"));

CREATE TABLE "network_membership" ("person_id" bigint NOT NULL PRIMARY KEY REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "cell_id" bigint NOT NULL REFERENCES "vault_cell" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "network_place" ("id" bigint NOT NULL PRIMARY KEY, "area_id" bigint NOT NULL REFERENCES "network_area" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "network_membership_cell_id_29a8612e" ON "network_membership" ("cell_id");

CREATE INDEX "network_place_area_id_8d6435f5" ON "network_place" ("area_id");

CREATE TABLE "network_line" ("id" bigint NOT NULL PRIMARY KEY, "kind" varchar(32) NOT NULL, "index" BLOB NULL UNIQUE, "state" varchar(32) NOT NULL, "holder_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "epoch" smallint unsigned NOT NULL CHECK ("epoch" >= 0), "made_with" BLOB NULL, "number" BLOB NULL);

CREATE INDEX "network_line_holder_id_1e8c2a40" ON "network_line" ("holder_id");

CREATE TABLE "network_link" ("id" bigint NOT NULL PRIMARY KEY, "kind" varchar(32) NOT NULL, "knower" bigint NOT NULL, "known" bigint NOT NULL, "mutual" bool NOT NULL, "first_ms" bigint NOT NULL, "last_ms" bigint NOT NULL, "times" smallint unsigned NOT NULL CHECK ("times" >= 0), "area" bigint NULL, "batch" bigint NULL, "imprecise" bool NOT NULL, "source" varchar(32) NOT NULL);

CREATE TABLE "network_celllead" ("cell_id" bigint NOT NULL PRIMARY KEY REFERENCES "vault_cell" ("id") DEFERRABLE INITIALLY DEFERRED, "deputy_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "lead_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "network_celllead_deputy_id_bd4697b4" ON "network_celllead" ("deputy_id");

CREATE INDEX "network_celllead_lead_id_227a049c" ON "network_celllead" ("lead_id");

CREATE INDEX "link_knower" ON "network_link" ("knower");

CREATE INDEX "link_known" ON "network_link" ("known");

CREATE TABLE "cards_ownnumber" ("card_id" bigint NOT NULL PRIMARY KEY REFERENCES "cards_card" ("id") DEFERRABLE INITIALLY DEFERRED, "number" BLOB NOT NULL);

CREATE TABLE "cards_laterow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "row" integer unsigned NOT NULL CHECK ("row" >= 0), "drawn" BLOB NOT NULL, "until_ms" bigint NOT NULL, "card_id" bigint NOT NULL REFERENCES "cards_card" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "late_row_once" UNIQUE ("card_id", "row"));

CREATE INDEX "cards_laterow_card_id_591f3fd7" ON "cards_laterow" ("card_id");

CREATE TABLE "cards_usedtext" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "row" integer unsigned NOT NULL CHECK ("row" >= 0), "tag" BLOB NOT NULL, "card_id" bigint NOT NULL REFERENCES "cards_card" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "used_text_once" UNIQUE ("card_id", "tag"));

CREATE INDEX "cards_usedtext_card_id_3598aafd" ON "cards_usedtext" ("card_id");

CREATE TABLE "cards_badtext" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sender" BLOB NULL, "at_ms" bigint NOT NULL, "card_id" bigint NULL REFERENCES "cards_card" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "cards_challenge" ("card_id" bigint NOT NULL PRIMARY KEY REFERENCES "cards_card" ("id") DEFERRABLE INITIALLY DEFERRED, "row" integer unsigned NOT NULL CHECK ("row" >= 0), "digit" smallint unsigned NOT NULL CHECK ("digit" >= 0), "until_ms" bigint NOT NULL);

CREATE TABLE "cards_card" ("id" bigint NOT NULL PRIMARY KEY, "row" integer unsigned NOT NULL CHECK ("row" >= 0), "state" BLOB NOT NULL, "in_use" varchar(32) NOT NULL, "issued_ms" bigint NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "replace_ms" bigint NULL, "replace_why" varchar(32) NULL, "ended_ms" bigint NULL, "first_ms" bigint NULL, "handed_ms" bigint NULL, "printed_ms" bigint NULL, "resync_ms" bigint NULL, "throttled_ms" bigint NULL, "touched" integer unsigned NOT NULL CHECK ("touched" >= 0), "told_ms" bigint NULL);

CREATE INDEX "cards_card_person_id_6d3b13f8" ON "cards_card" ("person_id");

CREATE INDEX "cards_card_touched_99d22500" ON "cards_card" ("touched");

CREATE UNIQUE INDEX "one_card_in_use" ON "cards_card" ("person_id") WHERE ("first_ms" IS NOT NULL AND "in_use" = 'active');

CREATE UNIQUE INDEX "one_card_to_come" ON "cards_card" ("person_id") WHERE ("first_ms" IS NULL AND "in_use" = 'active');

CREATE INDEX "cards_badtext_card_id_9b8cfd9d" ON "cards_badtext" ("card_id");

CREATE TABLE "cards_quarantine" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "since_ms" bigint NOT NULL, "ended_ms" bigint NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "cards_quarantine_person_id_45cafa16" ON "cards_quarantine" ("person_id");

CREATE TABLE "cards_question" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "asked" BLOB NULL, "kept_ms" bigint NOT NULL, "shown_ms" bigint NULL, "result" varchar(32) NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "known" BLOB NULL);

CREATE INDEX "cards_question_person_id_584a629b" ON "cards_question" ("person_id");

CREATE INDEX "bad_text_card" ON "cards_badtext" ("card_id", "at_ms");

CREATE INDEX "bad_text_sender" ON "cards_badtext" ("sender", "at_ms");

CREATE TABLE "cards_pocketnumber" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "about_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "holder_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "pocket_number_once" UNIQUE ("holder_id", "number"), CONSTRAINT "in_one_pocket_once" UNIQUE ("holder_id", "about_id"));

CREATE INDEX "cards_pocketnumber_about_id_36fccc41" ON "cards_pocketnumber" ("about_id");

CREATE INDEX "cards_pocketnumber_holder_id_5276d1b4" ON "cards_pocketnumber" ("holder_id");

CREATE UNIQUE INDEX "one_open_quarantine" ON "cards_quarantine" ("person_id") WHERE "ended_ms" IS NULL;

CREATE TABLE "cards_sharer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "line_id" bigint NOT NULL REFERENCES "network_line" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "sharer_once" UNIQUE ("line_id", "person_id"));

CREATE INDEX "cards_sharer_line_id_b639e750" ON "cards_sharer" ("line_id");

CREATE INDEX "cards_sharer_person_id_1c069d16" ON "cards_sharer" ("person_id");

CREATE TABLE "cards_match" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "row" integer unsigned NOT NULL CHECK ("row" >= 0), "sender" BLOB NOT NULL, "tag" BLOB NOT NULL, "message" bigint NOT NULL, "result" varchar(32) NOT NULL, "until_ms" bigint NOT NULL, "card_id" bigint NOT NULL REFERENCES "cards_card" ("id") DEFERRABLE INITIALLY DEFERRED, "number" BLOB NOT NULL, CONSTRAINT "match_once" UNIQUE ("card_id", "row", "sender"));

CREATE INDEX "cards_match_card_id_efd3ad38" ON "cards_match" ("card_id");

CREATE INDEX "due_by_time" ON "chronicle_due" ("due_ms", "kind") WHERE "state" = 'waiting';

CREATE TABLE "chronicle_seen" ("only" smallint unsigned NOT NULL PRIMARY KEY CHECK ("only" >= 0), "at_ms" bigint NOT NULL);

CREATE TABLE "contact_noticer" ("person_id" bigint NOT NULL PRIMARY KEY REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "delay_ms" bigint NOT NULL, "noticer_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "contact_route" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(32) NOT NULL, "delay_ms" bigint NOT NULL, "from_minute" smallint unsigned NOT NULL CHECK ("from_minute" >= 0), "to_minute" smallint unsigned NOT NULL CHECK ("to_minute" >= 0), "exposes" varchar(32) NOT NULL, "rehearsed_ms" bigint NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "through_id" bigint NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "contact_noticer_noticer_id_440bec9e" ON "contact_noticer" ("noticer_id");

CREATE INDEX "contact_route_person_id_d7487e3c" ON "contact_route" ("person_id");

CREATE INDEX "contact_route_through_id_4ebe843b" ON "contact_route" ("through_id");

CREATE TABLE "contact_asideplan" ("person_id" bigint NOT NULL PRIMARY KEY REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "aside" varchar(32) NOT NULL, "confirms" varchar(32) NULL, "adults" smallint unsigned NOT NULL CHECK ("adults" >= 0), "children" smallint unsigned NOT NULL CHECK ("children" >= 0));

CREATE TABLE "contact_quiet" ("person_id" bigint NOT NULL PRIMARY KEY REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "until_ms" bigint NOT NULL);

CREATE TABLE "contact_window" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "opens_ms" bigint NOT NULL, "closes_ms" bigint NOT NULL, "grace_ms" bigint NOT NULL, "state" varchar(32) NOT NULL, "heard_ms" bigint NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "source" varchar(32) NOT NULL, CONSTRAINT "window_once" UNIQUE ("person_id", "opens_ms"));

CREATE INDEX "contact_window_person_id_c367e06e" ON "contact_window" ("person_id");

CREATE INDEX "window_person" ON "contact_window" ("person_id", "opens_ms");

CREATE TABLE "contact_inbound" ("seq" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "message" bigint NOT NULL UNIQUE, "channel" varchar(32) NOT NULL, "ext_id" BLOB NOT NULL, "line" bigint NULL, "person" bigint NULL, "words" BLOB NULL, "same" BLOB NOT NULL, "received_ms" bigint NOT NULL, "state" varchar(32) NOT NULL, "first" bigint NULL, "code" varchar(64) NULL, "cell" bigint NULL, "dropped" BLOB NULL, "epoch" smallint unsigned NULL CHECK ("epoch" >= 0), "held_ms" bigint NULL, "settled" bool NOT NULL, CONSTRAINT "inbound_once" UNIQUE ("channel", "ext_id"));

CREATE INDEX "inbound_same" ON "contact_inbound" ("same", "received_ms");

CREATE TABLE "contact_gateway" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "channel" varchar(32) NOT NULL, "key" BLOB NOT NULL, "kept_ms" bigint NOT NULL, "dropped_ms" bigint NULL);

CREATE TABLE "contact_ear" ("gateway" bigint NOT NULL PRIMARY KEY, "heard_ms" bigint NULL, "deaf_ms" bigint NULL);

CREATE TABLE "contact_outage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "area" bigint NOT NULL, "since_ms" bigint NOT NULL, "silent" smallint unsigned NOT NULL CHECK ("silent" >= 0), "of" smallint unsigned NOT NULL CHECK ("of" >= 0), "until_ms" bigint NULL);

CREATE TABLE "contact_radiosilence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "begun_ms" bigint NOT NULL, "until_ms" bigint NOT NULL, "ended_ms" bigint NULL);

CREATE TABLE "contact_contactplan" ("person_id" bigint NOT NULL PRIMARY KEY REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "first_ms" bigint NOT NULL, "every_days" smallint unsigned NOT NULL CHECK ("every_days" >= 0), "length_ms" bigint NOT NULL, "grace_ms" bigint NOT NULL, "kind" varchar(32) NOT NULL, "rule" varchar(200) NOT NULL, "zone" varchar(32) NOT NULL);

CREATE TABLE "contact_miss" ("window_id" bigint NOT NULL PRIMARY KEY REFERENCES "contact_window" ("id") DEFERRABLE INITIALLY DEFERRED, "cause" varchar(32) NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "contact_speaker" ("person_id" bigint NOT NULL PRIMARY KEY REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "speaker_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "contact_silence" ("window_id" bigint NOT NULL PRIMARY KEY REFERENCES "contact_window" ("id") DEFERRABLE INITIALLY DEFERRED, "stage" smallint unsigned NOT NULL CHECK ("stage" >= 0), "begun_ms" bigint NOT NULL, "officer" bigint NULL, "taken_ms" bigint NULL, "again_ms" bigint NOT NULL, "asked" smallint unsigned NOT NULL CHECK ("asked" >= 0), "ended_ms" bigint NULL, "why" varchar(32) NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "contact_miss_person_id_347d1a07" ON "contact_miss" ("person_id");

CREATE INDEX "contact_speaker_speaker_id_18aba7d0" ON "contact_speaker" ("speaker_id");

CREATE INDEX "contact_silence_person_id_7495b0ec" ON "contact_silence" ("person_id");

CREATE INDEX "silence_open" ON "contact_silence" ("ended_ms", "begun_ms");

CREATE TABLE "vault_requestcell" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "cell" bigint NOT NULL, "request_id" bigint NOT NULL REFERENCES "vault_request" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "request_cell_once" UNIQUE ("request_id", "cell"));

CREATE INDEX "vault_requestcell_request_id_51bbd4b1" ON "vault_requestcell" ("request_id");

CREATE TABLE "home_shift" ("id" bigint NOT NULL PRIMARY KEY, "upto" bigint NOT NULL, "made_ms" bigint NOT NULL, "brief" BLOB NOT NULL, "words" BLOB NULL, "for_by" BLOB NULL, "for_to" BLOB NULL, "line_digest" BLOB NOT NULL, "signature" BLOB NOT NULL, "state" varchar(32) NOT NULL, "taken_ms" bigint NULL, "taken_hand" BLOB NULL, "by_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED, "taken_by_id" bigint NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED, "to_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "home_shift_by_id_40d20d88" ON "home_shift" ("by_id");

CREATE INDEX "home_shift_taken_by_id_562de861" ON "home_shift" ("taken_by_id");

CREATE INDEX "home_shift_to_id_d97d790f" ON "home_shift" ("to_id");

CREATE INDEX "shift_made" ON "home_shift" ("made_ms");

CREATE TABLE "intake_batch" ("id" bigint NOT NULL PRIMARY KEY, "state" varchar(32) NOT NULL, "content" BLOB NULL, "rows" integer unsigned NOT NULL CHECK ("rows" >= 0), "findings" integer unsigned NOT NULL CHECK ("findings" >= 0), "staged_ms" bigint NOT NULL, "applied_ms" bigint NULL, "began_seq" bigint NULL, "applied_seq" bigint NULL, "people" integer unsigned NOT NULL CHECK ("people" >= 0), "lines" integer unsigned NOT NULL CHECK ("lines" >= 0), "links" integer unsigned NOT NULL CHECK ("links" >= 0), "cells" integer unsigned NOT NULL CHECK ("cells" >= 0), "officer_id" bigint NOT NULL REFERENCES "vault_officer" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "intake_remembered" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "head" BLOB NOT NULL, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "column" varchar(64) NOT NULL, CONSTRAINT "remembered_once" UNIQUE ("head", "place"));

CREATE INDEX "batch_officer" ON "intake_batch" ("officer_id", "staged_ms");

CREATE TABLE "intake_brought" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort" varchar(32) NOT NULL, "about" bigint NOT NULL, "why" varchar(32) NULL, "batch_id" bigint NOT NULL REFERENCES "intake_batch" ("id") DEFERRABLE INITIALLY DEFERRED, "row" integer unsigned NULL CHECK ("row" >= 0), CONSTRAINT "brought_once" UNIQUE ("sort", "about"));

CREATE INDEX "intake_batch_officer_id_f99105cf" ON "intake_batch" ("officer_id");

CREATE INDEX "intake_brought_batch_id_9bafae01" ON "intake_brought" ("batch_id");

CREATE TABLE "network_charge" ("line_id" bigint NOT NULL PRIMARY KEY REFERENCES "network_line" ("id") DEFERRABLE INITIALLY DEFERRED, "told_ms" bigint NOT NULL, "expires_ms" bigint NULL, "balance" integer unsigned NULL CHECK ("balance" >= 0), "topup_ms" bigint NULL);

CREATE TABLE "network_holding" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "from_ms" bigint NULL, "to_ms" bigint NULL, "line_id" bigint NOT NULL REFERENCES "network_line" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "network_holding_line_id_6265d3b6" ON "network_holding" ("line_id");

CREATE INDEX "network_holding_person_id_9cc067e4" ON "network_holding" ("person_id");

CREATE INDEX "holding_line" ON "network_holding" ("line_id", "from_ms");

CREATE TABLE "watch_signal" ("because" bigint NOT NULL PRIMARY KEY, "kind" varchar(32) NOT NULL, "result" varchar(32) NULL, "meaning" varchar(32) NULL, "report" varchar(32) NULL, "reliability" varchar(32) NULL, "credibility" varchar(32) NULL, "source" bigint NULL, "heard_ms" bigint NOT NULL, "since_ms" bigint NULL, "window" bigint NULL, "window_ms" bigint NULL, "person_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "expires_ms" bigint NULL, "silence_ratio" smallint unsigned NULL CHECK ("silence_ratio" >= 0));

CREATE TABLE "watch_warning" ("id" bigint NOT NULL PRIMARY KEY, "episode" smallint unsigned NOT NULL CHECK ("episode" >= 0), "state" varchar(32) NOT NULL, "deadline_ms" bigint NOT NULL, "owner" bigint NULL, "duress" bool NOT NULL, "shown" bool NOT NULL, "acknowledged" bool NOT NULL, "red_ms" bigint NULL, "route" varchar(32) NULL, "answer" varchar(32) NULL, "reason" varchar(32) NULL, "because" bigint NOT NULL, "seq" bigint NOT NULL, "closed_seq" bigint NULL, "subject_id" bigint NOT NULL REFERENCES "people_person" ("id") DEFERRABLE INITIALLY DEFERRED, "told_ms" bigint NULL, "told_by" bigint NULL, "told_until_ms" bigint NULL, CONSTRAINT "warning_episode" UNIQUE ("subject_id", "episode"));

CREATE INDEX "watch_signal_person_id_6e041aac" ON "watch_signal" ("person_id");

CREATE INDEX "signal_person" ON "watch_signal" ("person_id", "heard_ms");

CREATE INDEX "watch_warning_subject_id_588c9f1d" ON "watch_warning" ("subject_id");

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (1, 'alerts', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (2, 'alerts', '0002_relay', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (3, 'alerts', '0003_on_call', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (4, 'chronicle', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (5, 'chronicle', '0002_stuck_due_rows', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (6, 'vault', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (7, 'vault', '0002_a_real_team', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (8, 'people', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (9, 'people', '0002_names', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (10, 'people', '0003_former_names', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (11, 'network', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (12, 'network', '0002_lines_anew', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (13, 'network', '0003_paper_in', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (14, 'network', '0004_links_found', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (15, 'cards', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (16, 'cards', '0002_replacing', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (17, 'cards', '0003_lives_of_cards', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (18, 'cards', '0004_told', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (19, 'cards', '0005_matches_by_number', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (20, 'cards', '0006_question_known', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (21, 'chronicle', '0003_due_by_time', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (22, 'contact', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (23, 'contact', '0002_inboxes', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (24, 'contact', '0003_agreements', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (25, 'contact', '0004_window_sources', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (26, 'contact', '0005_silences', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (27, 'vault', '0003_cells_of_requests', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (28, 'home', '0001_shifts', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (29, 'intake', '0001_batches', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (30, 'intake', '0002_rows', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (31, 'network', '0005_lines_cost', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (32, 'watch', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (33, 'watch', '0002_told', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (34, 'watch', '0003_reports_expire', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (35, 'watch', '0004_silence_ratio', strftime('%Y-%m-%d %H:%M:%f', 'now'));

INSERT INTO "chronicle_head" ("only", "seq", "hash") VALUES (1, 0, X'0000000000000000000000000000000000000000000000000000000000000000');

DELETE FROM sqlite_sequence;

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('django_migrations', 35);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('chronicle_stuck', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('vault_apiscope', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('vault_grant', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('vault_officerrole', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('cards_laterow', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('cards_usedtext', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('cards_quarantine', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('cards_question', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('cards_pocketnumber', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('cards_sharer', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('cards_match', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('contact_window', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('contact_inbound', 0);

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('intake_brought', 0)
