-- What a category asks besides the words (versions with their texts, so that an old answer keeps its question), when it
-- takes no reports, and the model that suggests a category.
create table category_form (
    municipality text not null,
    category text not null,
    draft text not null,
    published integer not null,
    version integer not null,
    changed_at integer not null,
    primary key (municipality, category)
) strict;

create table category_form_version (
    municipality text not null,
    category text not null,
    number integer not null,
    questions text not null,
    published_at integer not null,
    published_by blob,
    primary key (municipality, category, number)
) strict;

create table signal_answer (
    municipality text not null,
    signal_id blob not null,
    category text not null,
    number integer not null,
    question text not null,
    answer text not null,
    primary key (municipality, signal_id, category, question),
    foreign key (municipality, signal_id) references signal (municipality, id)
) strict;

create table category_stop (
    municipality text not null,
    id blob not null,
    category text not null,
    message text not null,
    starts_at integer not null,
    ends_at integer,
    made_by blob,
    version integer not null,
    primary key (municipality, id)
) strict;
create index category_stop_category on category_stop (municipality, category, starts_at);

create table suggest_model (
    municipality text not null primary key,
    trained_at integer not null,
    reports integer not null,
    model_bytes blob not null
) strict;
