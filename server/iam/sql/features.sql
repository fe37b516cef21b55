-- features: the catalogue
select f.feature, f.about,
       (select array_agg(fs.scope order by fs.scope) from iam.feature_scopes as fs where fs.feature = f.feature) as scopes
  from iam.features as f
 order by f.feature;
