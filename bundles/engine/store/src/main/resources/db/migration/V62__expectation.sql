-- What the platform expected of a change that it proposed by itself: one a UTC day, which is its key.
create table expectation (
    id ${id} primary key,
    metric varchar(200) not null,
    subject ${text} not null,
    hypothesis ${text} not null,
    unit varchar(40) not null,
    baseline ${decimal} not null,
    samples integer not null,
    least integer not null,
    window_start timestamp(6) with time zone not null,
    window_end timestamp(6) with time zone not null,
    goal_id varchar(200),
    proposal_id varchar(200),
    outcome varchar(40),
    measured ${decimal},
    measured_samples integer,
    measured_from timestamp(6) with time zone,
    measured_at timestamp(6) with time zone,
    version bigint not null
);
create index expectation_goal on expectation (goal_id);
create index expectation_proposal on expectation (proposal_id);
