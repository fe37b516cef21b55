/* The law's files, and copies of them that read otherwise. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *law_folder_shipped (void); /* (transfer full) */
/* A copy in which @find reads @replace wherever it stands in @file; NULL: as shipped. (transfer full) */
char *law_folder_copy (const char *file, const char *find, const char *replace);
/* The same once more in a copy. */
void law_folder_change (const char *folder, const char *file, const char *find, const char *replace);
void law_folder_remove (const char *folder);

G_END_DECLS
