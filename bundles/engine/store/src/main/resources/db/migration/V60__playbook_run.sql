-- Businesses taken through playbooks; the playbooks themselves are items of releases.
create table playbook_run (
    id ${id} primary key,
    business_id varchar(200) not null,
    playbook_id varchar(200) not null,
    sha256 varchar(64) not null,
    playbook ${text} not null,
    status varchar(40) not null,
    stage integer not null,
    stages ${text} not null,
    facts ${text} not null,
    requested_by varchar(200) not null,
    error ${text},
    created_at timestamp(6) with time zone not null,
    finished_at timestamp(6) with time zone,
    version bigint not null
);

create index playbook_run_business on playbook_run (business_id, id);
create index playbook_run_status on playbook_run (status, id);
