-- What the platform keeps. One table for each Row record (columns are its components in snake case; a name that is a
-- keyword somewhere ends in _), then ledger, payloads, outbox and requests. Runs on H2 and PostgreSQL alike:
-- ${text} is text of any length, ${bytes} a byte string, ${decimal} an exact decimal, ${id} a key compared byte by byte.

create table goal (
    id ${id} primary key,
    kind varchar(200) not null,
    text ${text} not null,
    status varchar(40) not null,
    mode varchar(200),
    business_id varchar(200),
    risk_profile varchar(200),
    documents ${text} not null,
    dry_run boolean not null,
    intent ${text},
    rationale ${text},
    error ${text},
    requested_by varchar(200) not null,
    by_ai boolean not null,
    fence bigint not null,
    created_at timestamp(6) with time zone not null,
    finished_at timestamp(6) with time zone,
    version bigint not null
);

create table step (
    id ${id} primary key,
    goal_id varchar(200) not null,
    name varchar(200) not null,
    agent varchar(200) not null,
    action varchar(200) not null,
    input ${text} not null,
    depends_on ${text} not null,
    priority integer not null,
    risk varchar(200) not null,
    status varchar(40) not null,
    attempts integer not null,
    approval_id varchar(200),
    missing ${text} not null,
    output ${text},
    report ${text},
    error ${text},
    generation varchar(200),
    agent_version varchar(200),
    marked boolean not null,
    not_before timestamp(6) with time zone,
    wait_until timestamp(6) with time zone,
    started_at timestamp(6) with time zone,
    finished_at timestamp(6) with time zone,
    version bigint not null
);

create table call_record (
    id ${id} primary key,
    goal_id varchar(200) not null,
    step_id varchar(200) not null,
    key_ varchar(200) not null,
    nth integer not null,
    idempotency_key varchar(400) not null,
    tool varchar(200) not null,
    effect boolean not null,
    arguments ${text} not null,
    state varchar(40) not null,
    result ${text},
    generation varchar(200),
    fence bigint not null,
    started_at timestamp(6) with time zone not null,
    finished_at timestamp(6) with time zone,
    version bigint not null
);

create table approval (
    id ${id} primary key,
    type varchar(40) not null,
    title ${text} not null,
    description ${text} not null,
    risk varchar(40) not null,
    urgency integer not null,
    risk_factors ${text} not null,
    payload ${text} not null,
    payload_sha256 varchar(64) not null,
    amount ${decimal},
    currency varchar(10),
    status varchar(40) not null,
    approvers integer not null,
    legal boolean not null,
    subject_kind varchar(200) not null,
    subject varchar(400) not null,
    goal_id varchar(200),
    business_id varchar(200),
    requested_by varchar(200) not null,
    proposer varchar(200),
    created_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone not null,
    remind_at timestamp(6) with time zone,
    decided_at timestamp(6) with time zone,
    version bigint not null
);

create table vote (
    id ${id} primary key,
    approval_id varchar(200) not null,
    approver varchar(200) not null,
    decision varchar(40) not null,
    notes ${text} not null,
    at timestamp(6) with time zone not null,
    version bigint not null
);

create table reservation (
    id ${id} primary key,
    business_id varchar(200) not null,
    day_ date not null,
    amount ${decimal},
    currency varchar(10),
    payee ${text},
    version bigint not null
);

create table setting (
    id ${id} primary key,
    value_ ${text} not null,
    version bigint not null
);

create table user_record (
    id ${id} primary key,
    password_hash ${text},
    roles ${text} not null,
    created_at timestamp(6) with time zone not null,
    changed_at timestamp(6) with time zone not null,
    version bigint not null
);

create table token (
    id ${id} primary key,
    owner varchar(200) not null,
    label varchar(200) not null,
    roles ${text} not null,
    created_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone not null,
    version bigint not null
);

create table business (
    id ${id} primary key,
    name varchar(200) not null,
    type varchar(200) not null,
    niche ${text},
    currency varchar(10) not null,
    status varchar(40) not null,
    playbook_id varchar(200),
    risk_profile varchar(200),
    created_at timestamp(6) with time zone not null,
    status_since timestamp(6) with time zone not null,
    version bigint not null
);

create table stored_document (
    id ${id} primary key,
    business_id varchar(200) not null,
    name varchar(200) not null,
    media_type varchar(200) not null,
    sha256 varchar(64) not null,
    size bigint not null,
    text ${text},
    created_at timestamp(6) with time zone not null,
    version bigint not null
);

create table purchase_order (
    id ${id} primary key,
    business_id varchar(200) not null,
    supplier_id varchar(200) not null,
    lines ${text} not null,
    amount ${decimal} not null,
    currency varchar(10) not null,
    placed_at timestamp(6) with time zone not null,
    version bigint not null
);

create table price_change (
    id ${id} primary key,
    business_id varchar(200) not null,
    sku varchar(200) not null,
    old_price ${decimal} not null,
    new_price ${decimal} not null,
    currency varchar(10) not null,
    at timestamp(6) with time zone not null,
    version bigint not null
);

create table proposal (
    id ${id} primary key,
    kind varchar(40) not null,
    title ${text} not null,
    description ${text} not null,
    origin varchar(40) not null,
    author varchar(200) not null,
    status varchar(40) not null,
    risk varchar(200) not null,
    confidence ${decimal},
    confidence_parts ${text} not null,
    change ${text} not null,
    bundle varchar(200),
    tests varchar(200),
    placement varchar(200) not null,
    findings ${text} not null,
    approval_id varchar(200),
    canary ${text},
    reason ${text} not null,
    release bigint,
    created_at timestamp(6) with time zone not null,
    status_since timestamp(6) with time zone not null,
    version bigint not null
);

create table release (
    id ${id} primary key,
    no bigint not null,
    parent bigint not null,
    proposal_id varchar(200),
    items ${text} not null,
    at timestamp(6) with time zone not null,
    version bigint not null
);

create table pointer (
    id ${id} primary key,
    permanent bigint not null,
    trial bigint,
    trial_proposal varchar(200),
    trial_percent integer not null,
    version bigint not null
);

create table node (
    id ${id} primary key,
    address varchar(200) not null,
    jail_tier varchar(200) not null,
    applied bigint not null,
    error ${text} not null,
    seen_at timestamp(6) with time zone not null,
    version bigint not null
);

-- Unique keys are the guard; the other indexes serve the lists of the HTTP contract in their order.
create index goal_status on goal (status, id);
create index goal_business on goal (business_id, id);
create index goal_status_business on goal (status, business_id, id);
create index step_goal on step (goal_id);
create unique index call_once on call_record (step_id, key_, nth);
create unique index vote_once on vote (approval_id, approver);
create index approval_queue on approval (status, urgency, created_at, id);
create index approval_queue_risk on approval (status, risk, urgency, created_at, id);
create index approval_queue_type on approval (status, type, urgency, created_at, id);
create index approval_status on approval (status, id);
create index approval_risk on approval (risk, id);
create index approval_type on approval (type, id);
create index approval_status_risk on approval (status, risk, id);
create index approval_status_type on approval (status, type, id);
create index approval_risk_type on approval (risk, type, id);
create index approval_subject on approval (subject);
create index approval_expiry on approval (status, expires_at);
create index approval_goal on approval (goal_id);
create index reservation_day on reservation (business_id, day_);
create index token_owner on token (owner);
create index document_business on stored_document (business_id, id);
create index purchase_order_business on purchase_order (business_id, id);
create index price_change_business on price_change (business_id, sku);
create index proposal_status on proposal (status, id);
create unique index release_no on release (no);

-- n is given by the database at the insert: what happened before another thing has a lower n, on every node. The sealer
-- gives seq and the hashes in that order after the commit.
create table ledger (
    n bigint generated by default as identity primary key,
    id varchar(36) not null,
    at timestamp(6) with time zone not null,
    actor varchar(250) not null,
    action varchar(100) not null,
    subject varchar(400) not null,
    data ${text} not null,
    seq bigint,
    hash varchar(64),
    previous_hash varchar(64)
);
create unique index ledger_seq on ledger (seq);
create index ledger_subject on ledger (subject);

create table outbox (
    n bigint generated by default as identity primary key,
    position bigint,
    type varchar(100) not null,
    at timestamp(6) with time zone not null,
    data ${text} not null,
    channels ${text} not null
);
create unique index outbox_position on outbox (position);

-- One row: how far the sealer is. Its lock decides which node seals.
create table seal (
    id integer primary key,
    seq bigint not null,
    hash varchar(64) not null,
    position bigint not null,
    at timestamp(6) with time zone not null
);
insert into seal (id, seq, hash, position, at)
    values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0, timestamp with time zone '2000-01-01 00:00:00+00');

create table payload (
    id ${id} primary key,
    digest varchar(64) not null,
    size bigint not null,
    expires_at timestamp(6) with time zone
);
create index payload_digest on payload (digest);
create index payload_expiry on payload (expires_at);

create table payload_piece (
    payload_id ${id} not null,
    no integer not null,
    bytes ${bytes} not null,
    primary key (payload_id, no)
);

create table request (
    id varchar(1000) primary key,
    digest varchar(64) not null,
    subject varchar(400) not null,
    at timestamp(6) with time zone not null,
    status integer,
    body ${text}
);
create index request_at on request (at);

-- As db-scheduler documents it for version 16.
create table scheduled_tasks (
    task_name varchar(100) not null,
    task_instance varchar(200) not null,
    task_data ${bytes},
    execution_time timestamp(6) with time zone not null,
    picked boolean not null,
    picked_by varchar(50),
    last_success timestamp(6) with time zone,
    last_failure timestamp(6) with time zone,
    consecutive_failures integer,
    last_heartbeat timestamp(6) with time zone,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time asc);
