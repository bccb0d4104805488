import { attachTriggers, detachTriggers, migration } from './support/migration';

/*
 * An image belongs to a product or a group, and has a URL or a medium. The way down stops at images of groups or media, before anything is
 * undone: the earlier schema cannot hold them. Squawk warns of the columns without NOT NULL; the checks take its place.
 */
export = migration(
  `
  ${detachTriggers('product_images')}
  -- squawk-ignore ban-drop-not-null
  ALTER TABLE product_images ALTER COLUMN url DROP NOT NULL;
  -- squawk-ignore ban-drop-not-null
  ALTER TABLE product_images ALTER COLUMN product_id DROP NOT NULL;
  ALTER TABLE product_images ADD COLUMN group_id uuid NULL;
  ALTER TABLE product_images ADD COLUMN media_id uuid NULL;
  ALTER TABLE product_images ADD CONSTRAINT product_images_group_id_fk
    FOREIGN KEY (group_id) REFERENCES product_groups (id) ON DELETE CASCADE NOT VALID;
  ALTER TABLE product_images ADD CONSTRAINT product_images_media_id_fk
    FOREIGN KEY (media_id) REFERENCES media (id) ON DELETE RESTRICT NOT VALID;
  ALTER TABLE product_images ADD CONSTRAINT product_images_media_id_check CHECK (num_nonnulls(url, media_id) = 1) NOT VALID;
  ALTER TABLE product_images ADD CONSTRAINT product_images_group_id_check CHECK (num_nonnulls(product_id, group_id) = 1) NOT VALID;
  ${attachTriggers('product_images')}
  `,
  `
  DO $$ BEGIN
    IF EXISTS (SELECT FROM product_images WHERE url IS NULL OR product_id IS NULL) THEN
      RAISE EXCEPTION 'This migration cannot be undone: the earlier schema cannot hold the images of groups and of uploaded files; purge them first';
    END IF;
  END $$;
  ${detachTriggers('product_images')}
  ALTER TABLE product_images DROP COLUMN media_id;
  ALTER TABLE product_images DROP COLUMN group_id;
  ALTER TABLE product_images ALTER COLUMN product_id SET NOT NULL;
  ALTER TABLE product_images ALTER COLUMN url SET NOT NULL;
  ${attachTriggers('product_images')}
  `,
);
