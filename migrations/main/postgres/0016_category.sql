-- What a category asks besides the words (versions with their texts, so that an old answer keeps its question), when it
-- takes no reports, and the model that suggests a category.
create table category_form (
    municipality text not null,
    category text not null,
    draft text not null,
    published bigint not null,
    version bigint not null,
    changed_at bigint not null,
    primary key (municipality, category)
);

create table category_form_version (
    municipality text not null,
    category text not null,
    number bigint not null,
    questions text not null,
    published_at bigint not null,
    published_by uuid,
    primary key (municipality, category, number)
);

create table signal_answer (
    municipality text not null,
    signal_id uuid not null,
    category text not null,
    number bigint not null,
    question text not null,
    answer text not null,
    primary key (municipality, signal_id, category, question),
    foreign key (municipality, signal_id) references signal (municipality, id)
);

create table category_stop (
    municipality text not null,
    id uuid not null,
    category text not null,
    message text not null,
    starts_at bigint not null,
    ends_at bigint,
    made_by uuid,
    version bigint not null,
    primary key (municipality, id)
);
create index category_stop_category on category_stop (municipality, category, starts_at);

create table suggest_model (
    municipality text not null primary key,
    trained_at bigint not null,
    reports bigint not null,
    model_bytes bytea not null
);
